import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.corpus.run import Models, run
from pipelines.sources.base import Record, SourceConfig, Tally
from pipelines.sources.kelm import Fact, Kelm, read_fact
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
    source = Kelm()
    return [one for item in source.work_items([path], config) for one in source.read(item, config)]


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
    assert sum(one.count for one in records if one == Tally("left out: repeated facts", 1)) == 1  # type: ignore[union-attr]
    assert sum(one == Tally("pages", 1) for one in records) == len(GENERATED)


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


def test_however_a_file_is_cut_every_fact_comes_once(tmp_path: Path) -> None:
    rows = [
        {"reference": f"Town {n % 9} population {n}", "candidate": f"Town {n % 9} has {n} people."} for n in range(80)
    ]
    path = lines(tmp_path / "kelm.jsonl", rows)
    records = read(path, replace(SOURCES, item_bytes_max=700))
    assert len({one.revision_id for one in records if isinstance(one, Article)}) > 9
    sentences = [line for one in records if isinstance(one, Article) for line in one.text.split("\n")]
    assert sorted(sentences) == sorted(row["candidate"] for row in rows)


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
