import gzip
import json
import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.corpus.run import Models, run
from pipelines.sources.base import Record, SourceConfig, Tally
from pipelines.sources.facts import Fact, read_fact
from pipelines.sources.kelm import Kelm
from pipelines.sources.relations import plain_relation, say
from realm.paths import DataPaths
from realm.schema import Article, DeadLetter
from tests.pipelines.dumps import CORPUS, SOURCES, write_tokenizer

GENERATED = [
    {"reference": "Avern country Wendland, Avern population 4012", "candidate": "Avern in Wendland has 4012 people."},
    {"reference": "Margaret Holt occupation engineer", "candidate": "Margaret Holt is an engineer."},
    {"reference": "Avern inception 1107", "candidate": "Avern was founded in 1107."},
    {"reference": "Margaret Holt residence Avern", "candidate": "She lives in Avern."},
    {"reference": "Avern inception 1107", "candidate": "Avern was founded in 1107."},
]


def lines(path: Path, records: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join((one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)) + "\n" for one in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def read(path: Path, config: SourceConfig = SOURCES) -> list[Record]:
    return [one for records in read_items(path, config) for one in records]


def read_items(path: Path, config: SourceConfig) -> list[list[Record]]:
    source = Kelm()
    with tempfile.TemporaryDirectory() as folder:
        items = source.gathered(source.work_items([path], config), config, Path(folder, "gathered"))
        return [list(source.read(item, config)) for item in items]


def documents(records: list[Record]) -> dict[str, list[str]]:
    return {one.title: one.text.split("\n") for one in records if isinstance(one, Article)}


@pytest.mark.parametrize("name", ["kelm_generated_corpus.jsonl", "part.jsonl.gz"])
def test_the_facts_of_a_subject_form_one_document_wherever_they_stand(tmp_path: Path, name: str) -> None:
    records = read(lines(tmp_path / name, GENERATED))
    assert documents(records) == {
        "Avern": ["Avern in Wendland has 4012 people.", "Avern was founded in 1107."],
        "Margaret Holt": ["Margaret Holt is an engineer.", "She lives in Avern."],
    }
    places = {one.doc_id: one.revision_id for one in records if isinstance(one, Article)}
    assert places == {"Avern": f"{name}:1", "Margaret Holt": f"{name}:2"}
    tallies = [one for one in records if isinstance(one, Tally)]
    assert [one.count for one in tallies if one.name == "left out: repeated facts"] == [1]
    assert sum(one.count for one in tallies if one.name == "pages") == len(GENERATED)


def test_training_pairs_and_plain_triples_are_read_from_the_same_kind_of_file(tmp_path: Path) -> None:
    rows = [
        "Avern country Wendland\tAvern is a town in Wendland.",
        "Carrick\tcountry\tWendland",
        "Carrick\t/location/citytown/postal_codes\t4711",
        json.dumps({"triples": [["Head of the River", "sport", "rowing"]], "sentence": "It is a race for rowers."}),
    ]
    assert documents(read(lines(tmp_path / "quadruples-train.tsv", rows))) == {
        "Avern": ["Avern is a town in Wendland."],
        "Carrick": ["Carrick is in Wendland.", "The postal codes of Carrick is 4711."],
        "Head of the River": ["It is a race for rowers."],
    }


@pytest.mark.parametrize(
    ("reference", "sentence", "subject"),
    [
        ("Avern population 4012", "It has 4012 inhabitants.", "Avern"),
        ("University of Avern inception 1477", "The university was founded in 1477.", "University of Avern"),
        ("Avern twin town Bellow, Avern twin town Carrick", "Avern is twinned with Bellow and Carrick.", "Avern"),
        ("Iris Vane nickname Fox, Iris Vane height 1.80 metre", "Vane is called Fox.", "Iris Vane"),
        ("Edu (footballer, born 1949) shirt number 9", "Edu wore the number 9.", "Edu (footballer, born 1949)"),
        ("The Long Mill storeys 5 material used oak", "The long mill has five storeys of oak.", "The Long Mill"),
        ("Zoë Müller shoe size 38", "ZOË MÜLLER wears 38.", "Zoë Müller"),
        ("Country Road record label Wend Records", "Country Road came out on Wend Records.", "Country Road"),
        ("Avern, Wendland mayor Iris Vane", "The mayor of Avern, Wendland is Iris Vane.", "Avern, Wendland"),
        ("History of sport in Avern part of history of Avern", "It is a history.", "History of sport in Avern"),
        ("Women's sport in Avern part of sport", "Women's sport in Avern is a part.", "Women's sport in Avern"),
        ("Museum of sport shoe size 38", "The Museum of Sport has shoes of size 38.", "Museum of sport"),
        ("Avern country Wendland, population 4012", "Avern is in Wendland.", "Avern"),
        ("Iris Vane shoe size 38, occupation engineer", "Iris Vane, an engineer, wears 38.", "Iris Vane"),
        ("Rose (the author series) genre tale", "Rose is a tale.", "Rose (the author series)"),
    ],
)
def test_the_subject_is_found_in_triples_without_marks(reference: str, sentence: str, subject: str) -> None:
    line = json.dumps({"reference": reference, "candidate": sentence}).encode()
    assert read_fact(line) == Fact(subject, sentence)


def test_lines_without_a_fact_are_dropped_with_reason_and_line(tmp_path: Path) -> None:
    rows = [
        '{"reference": "Avern country',
        {"reference": "Avern country Wendland"},
        {"reference": 7, "candidate": "Seven."},
        {"reference": "colour blue", "candidate": "Something is blue."},
        {"reference": "", "candidate": "Nothing."},
        {"reference": "Avern country Wendland", "candidate": " "},
        "",
        "only one column",
        "four\tof\tthem\there",
        "\tcountry\tWendland",
        "Avern\t\tWendland",
        '{"reference": "\\ud800 country Wendland", "candidate": "A half."}',
        {"reference": "Avern country Wendland", "candidate": "Avern is in Wendland."},
    ]
    path = lines(tmp_path / "kelm.jsonl", rows)
    with path.open("ab") as file:
        file.write(b"\xff\xfe\tcountry\tWendland\n")
    records = read(path)
    letters = [(one.record_id, one.reason) for one in records if isinstance(one, DeadLetter)]
    assert letters == [
        ("kelm.jsonl:1", "broken line"),
        ("kelm.jsonl:2", "broken line"),
        ("kelm.jsonl:3", "broken line"),
        ("kelm.jsonl:4", "triple without subject"),
        ("kelm.jsonl:5", "triple without subject"),
        ("kelm.jsonl:6", "triple without sentence"),
        ("kelm.jsonl:8", "odd columns"),
        ("kelm.jsonl:9", "odd columns"),
        ("kelm.jsonl:10", "triple without subject"),
        ("kelm.jsonl:11", "triple without relation or object"),
        ("kelm.jsonl:14", "broken line"),
    ]
    assert documents(records)["Avern"] == ["Avern is in Wendland."]


def test_triples_are_said_as_sentences() -> None:
    assert say("Iris Vane", "occupation", "engineer") == "Iris Vane is an engineer."
    assert say("Iris Vane", "date of birth", "3 May 1911") == "Iris Vane was born on 3 May 1911."
    assert say("Iris Vane", "date of birth", "1911") == "Iris Vane was born in 1911."
    assert say("Avern", "is known for", "its bridge.") == "Avern is known for its bridge."
    assert say("Avern", "tallestTower", "the mill") == "The tallest tower of Avern is the mill."
    assert plain_relation("<http://a.example/ontology/birthPlace>") == "birth place"


@pytest.mark.parametrize("subject", ["null", "[]", '["Nested"]', '{"a": 1}', "true", '""', '" <> "'])
def test_a_subject_that_is_no_text_is_no_title(subject: str, tmp_path: Path) -> None:
    row = f'{{"triples": [[{subject}, "country", "Wendland"]], "sentence": "It is in Wendland."}}'
    (letter,) = [one for one in read(lines(tmp_path / "a.jsonl", [row])) if not isinstance(one, Tally)]
    assert isinstance(letter, DeadLetter)
    assert (letter.record_id, letter.reason) == ("a.jsonl:1", "triple without subject")


def test_brackets_around_the_parts_of_a_triple_are_left_out() -> None:
    assert read_fact(b"<Avern>\t<country>\t<Wendland>") == Fact("Avern", "Avern is in Wendland.")
    assert read_fact("‹Avern›\t‹mayor›\t‹Iris Vane›".encode()) == Fact("Avern", "The mayor of Avern is Iris Vane.")
    assert read_fact(b"a<b>\tauthor\tI <3 U").subject == "a<b>"


@pytest.mark.parametrize(
    ("time", "sentence"),
    [
        ("+1912-03-04T00:00:00Z", "Iris Vane was born on 4 March 1912."),
        ("+1912-03-00T00:00:00Z", "Iris Vane was born in March 1912."),
        ("+1912-00-00T00:00:00Z", "Iris Vane was born in 1912."),
        ("-0043-00-00T00:00:00Z", "Iris Vane was born in 43 BC."),
        ("+1912-13-04T00:00:00Z", "Iris Vane was born on +1912-13-04T00:00:00Z."),
    ],
)
def test_a_time_of_wikidata_is_said_as_precisely_as_it_is_known(time: str, sentence: str) -> None:
    assert read_fact(f"Iris Vane\tdate of birth\t{time}".encode()).sentence == sentence


def test_a_line_of_tabs_only_is_dropped_and_counted_and_an_empty_one_is_no_line(tmp_path: Path) -> None:
    records = read(lines(tmp_path / "a.tsv", ["Avern\tcountry\tWendland", "\t\t", "", "  ", "\t"]))
    letters = [(one.record_id, one.reason) for one in records if isinstance(one, DeadLetter)]
    assert letters == [("a.tsv:2", "triple without subject"), ("a.tsv:5", "triple without subject")]
    assert sum(one.count for one in records if isinstance(one, Tally) and one.name == "pages") == 3


SMALL = replace(SOURCES, item_bytes_min=400, item_bytes_max=2000, items_per_dump=64)


def scattered(towns: int, facts: int) -> list[dict[str, str]]:
    """Facts of some towns in no order, and what somebody would make of them."""
    rows = [
        {"reference": f"Town {town} quality {n}", "candidate": f"Town {town} has quality {n}."}
        for town in range(towns)
        for n in range(facts)
    ]
    random.Random(5).shuffle(rows)
    return rows


@pytest.mark.parametrize("name", ["kelm.jsonl", "kelm.jsonl.gz"])
def test_facts_scattered_over_many_work_items_form_one_document_in_the_order_of_the_file(
    tmp_path: Path, name: str
) -> None:
    rows = scattered(60, 40)
    path = lines(tmp_path / name, rows)
    found = read_items(path, SMALL)
    assert len(found) > 9
    expected: dict[str, list[str]] = {}
    for row in rows:
        expected.setdefault(row["candidate"].split(" has ")[0], []).append(row["candidate"])
    articles = [one for records in found for one in records if isinstance(one, Article)]
    assert [(one.title, one.text.split("\n")) for one in articles] == list(expected.items())
    first_lines = {row["candidate"]: number for number, row in enumerate(rows, start=1)}
    assert [one.revision_id for one in articles] == [
        f"{name}:{first_lines[one.text.partition(chr(10))[0]]}" for one in articles
    ]


def test_facts_of_a_subject_come_together_over_several_files_and_damage_keeps_its_place(tmp_path: Path) -> None:
    lines(tmp_path / "raw" / "a.jsonl", [GENERATED[0], "{", GENERATED[1]])
    lines(tmp_path / "raw" / "b.tsv", ["Avern\tinception\t1107", "Bellow\t\t", "Margaret Holt\tresidence\tAvern"])
    records = read(tmp_path / "raw", SMALL)
    assert documents(records) == {
        "Avern": ["Avern in Wendland has 4012 people.", "Avern was founded in 1107."],
        "Margaret Holt": ["Margaret Holt is an engineer.", "Margaret Holt lives in Avern."],
    }
    letters = [one.record_id for one in records if isinstance(one, DeadLetter)]
    assert letters == ["a.jsonl:2", "b.tsv:2"]


def test_a_file_that_ends_too_early_loses_nothing_that_stands_before(tmp_path: Path) -> None:
    path = lines(tmp_path / "kelm.jsonl.gz", scattered(30, 30))
    path.write_bytes(path.read_bytes()[:-2000])
    records = read(path, SMALL)
    (letter,) = [one for one in records if isinstance(one, DeadLetter) and one.reason == "file cut short"]
    assert letter.record_id == f"kelm.jsonl.gz@{path.stat().st_size}"
    assert len(documents(records)) == 30


def test_a_subject_with_more_facts_than_a_page_may_have_goes_on_in_another_document(tmp_path: Path) -> None:
    records = read(lines(tmp_path / "kelm.jsonl", scattered(1, 200)), replace(SMALL, max_page_bytes=1000))
    articles = [one for one in records if isinstance(one, Article)]
    assert {one.title for one in articles} == {"Town 0"}
    assert max(len(one.text) for one in articles) < 1200
    assert sum(one.text.count("\n") + 1 for one in articles) == 200


def test_words_may_be_learnt_from_ranges_of_the_files_without_gathering_them(tmp_path: Path) -> None:
    rows = scattered(9, 30)
    source = Kelm()
    items = source.work_items([lines(tmp_path / "kelm.jsonl", rows)], SMALL)
    assert len(items) > 9
    articles = [one for item in items for one in source.read(item, SMALL) if isinstance(one, Article)]
    said = [line for one in articles for line in one.text.split("\n")]
    assert sorted(said) == sorted(row["candidate"] for row in rows)


def test_the_whole_stage_makes_blocks_of_facts(tmp_path: Path) -> None:
    path = lines(tmp_path / "raw" / "kelm.jsonl", GENERATED)
    values = run(
        CORPUS,
        sources=SOURCES,
        items=Kelm().work_items([path], SOURCES),
        models=Models(tokenizer=write_tokenizer(tmp_path / "tokenizer"), tagger="rules"),
        output=tmp_path / "blocks",
        data=DataPaths(tmp_path / "data"),
    )
    assert values["articles"] == 2
    blocks = pq.read_table(next((tmp_path / "blocks").glob("kelm-*.parquet"))).to_pylist()
    assert {(one["title"], one["source"], one["lang"]) for one in blocks} == {
        ("Avern", "kelm", "en"),
        ("Margaret Holt", "kelm", "en"),
    }
    assert any(one["spans"] for one in blocks)
