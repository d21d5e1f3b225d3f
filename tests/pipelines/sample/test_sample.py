"""The embedded sample: formats, facts stated twice, splits, change, determinism."""

import bz2
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipelines.sample.check import check_questions
from pipelines.sample.config import SampleConfig
from pipelines.sample.questions import Question
from pipelines.sample.stage import make, run
from pipelines.sources.wikipedia import read_site
from pipelines.wikitext import clean
from realm.errors import UserError
from realm.storage import directory_files

CONFIG = SampleConfig(
    seed=3,
    articles=160,
    changed_fraction=0.08,
    removed_fraction=0.01,
    dev_fraction=0.13,
    test_fraction=0.18,
    rephrased_fraction=0.25,
    described_fraction=0.1,
    disputed_fraction=0.2,
    unanswerable_fraction=0.17,
    kelm_fraction=0.25,
    news_fraction=0.35,
    notes=12,
    pages_per_stream=20,
    first_snapshot="2018-12-20",
    second_snapshot="2020-01-20",
)
NAMESPACE = {"m": "http://www.mediawiki.org/xml/export-0.11/"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    run(config=CONFIG, data=root)
    return root


def dump(data: Path, snapshot: str) -> Path:
    stem = f"samplewiki-{snapshot.replace('-', '')}-pages-articles-multistream"
    return data / "raw" / snapshot / "wikipedia" / f"{stem}.xml.bz2"


def pages(data: Path, snapshot: str) -> dict[str, etree._Element]:
    root = etree.fromstring(bz2.decompress(dump(data, snapshot).read_bytes()))
    return {page.findtext("m:title", namespaces=NAMESPACE): page for page in root.findall("m:page", NAMESPACE)}


def field(page: etree._Element, name: str) -> str:
    return str(page.findtext(f".//m:{name}", namespaces=NAMESPACE))


def questions(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / "questions" / "sample" / f"{name}.jsonl").read_text().splitlines()]


def cleaned(data: Path, snapshot: str) -> dict[str, str]:
    site = read_site(dump(data, snapshot))
    found = pages(data, snapshot)
    return {title: clean(field(page, "text"), site=site).text for title, page in found.items()}


def test_a_described_subject_is_described_alike_at_both_dates_and_the_answer_stays_hidden() -> None:
    sample = make(replace(CONFIG, articles=480, described_fraction=1.0))
    shared = {one.name for one in sample.first.world.of_kind("person") if one.traits["namesake"]}
    found = [one for name in ("train", "dev", "test") for one in sample.questions[name] if one.described]
    assert len(found) > 100
    for one in found:
        assert not any(answer in one.question for answer in one.answer), one.question
        assert not any(name in one.question for name in shared), one.question
        assert one.subject not in one.question


def stating(texts: dict[str, str], titles: list[str], answers: list[str]) -> Iterator[str]:
    return (title for title in titles if title in texts and any(answer in texts[title] for answer in answers))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_world(data: Path, tmp_path: Path) -> None:
    run(config=CONFIG, data=tmp_path / "again")
    run(config=replace(CONFIG, seed=4), data=tmp_path / "other")
    names = [path.relative_to(data) for path in directory_files(data)]
    assert len([name for name in names if ".warc" not in name.name]) == 15 + 12
    for name in names:
        assert (tmp_path / "again" / name).read_bytes() == (data / name).read_bytes(), name
    test = Path("questions/sample/test.jsonl")
    assert (tmp_path / "other" / test).read_bytes() != (data / test).read_bytes()


def test_every_asked_fact_stands_in_the_cleaned_prose_of_two_pages(data: Path) -> None:
    before, after = cleaned(data, CONFIG.first_snapshot), cleaned(data, CONFIG.second_snapshot)
    for name in ("train", "dev", "test"):
        for one in questions(data, name):
            assert len(set(stating(before, one["pages"], one["answer"]))) >= 2, one
            assert len(set(stating(after, one["pages"], one["answer"]))) >= 2, one
    for one in questions(data, "changed"):
        assert one["answer"] != one["answer_before"]
        assert len(set(stating(after, one["pages"], one["answer"]))) >= 2, one
        assert len(set(stating(before, one["pages_before"], one["answer_before"]))) >= 2, one


def test_no_entity_is_asked_about_in_two_splits_and_no_question_has_two_answers(data: Path) -> None:
    subjects = {
        name: {one["fact_id"].split("/")[0] for one in questions(data, name)} for name in ("train", "dev", "test")
    }
    assert not subjects["train"] & subjects["dev"]
    assert not subjects["train"] & subjects["test"]
    assert not subjects["dev"] & subjects["test"]
    answers: dict[str, list[str]] = {}
    for name in ("train", "dev", "test", "changed"):
        for one in questions(data, name):
            assert answers.setdefault(one["question"], one["answer"]) == one["answer"]
    ids = [one["id"] for name in subjects for one in questions(data, name)]
    assert len(set(ids)) == len(ids)


def test_names_among_the_test_answers_are_hardly_ever_answers_in_training(data: Path) -> None:
    trained = {tuple(one["answer"]) for one in questions(data, "train")}
    named = [tuple(one["answer"]) for one in questions(data, "test") if not one["answer"][0][0].isdigit()]
    assert sum(answer in trained for answer in named) / len(named) < 0.08


def test_a_page_changes_only_if_a_fact_on_it_changed_and_then_gets_a_new_revision(data: Path) -> None:
    before, after = pages(data, CONFIG.first_snapshot), pages(data, CONFIG.second_snapshot)
    touched = {title for one in questions(data, "changed") for title in (*one["pages"], *one["pages_before"])}
    changed = {
        title for title in before.keys() & after.keys() if field(before[title], "text") != field(after[title], "text")
    }
    articles = {title for title in changed if not title.startswith("List of ")}
    assert articles == touched & before.keys()
    for title in before.keys() & after.keys():
        same = etree.tostring(before[title]).strip() == etree.tostring(after[title]).strip()
        assert same == (title not in changed)
        if not same:
            assert int(after[title].findtext("m:revision/m:id", namespaces=NAMESPACE)) > 0
            assert field(after[title], "parentid") == before[title].findtext("m:revision/m:id", namespaces=NAMESPACE)
            assert "2018-12-20" < field(after[title], "timestamp") < "2020-01-20"
    assert after.keys() - before.keys()
    assert before.keys() - after.keys()


def test_the_index_of_the_dump_points_at_streams_that_hold_the_pages(data: Path) -> None:
    file = dump(data, CONFIG.first_snapshot)
    raw = file.read_bytes()
    index = bz2.decompress(file.with_name(file.name.replace(".xml.bz2", "-index.txt.bz2")).read_bytes()).decode()
    lines = [line.split(":", 2) for line in index.splitlines()]
    ids = [int(page_id) for _, page_id, _ in lines]
    assert ids == sorted(set(ids))
    for offset in sorted({int(line[0]) for line in lines}):
        stream = bz2.BZ2Decompressor().decompress(raw[int(offset) :])
        found = etree.fromstring(b"<pages>" + stream + b"</pages>")
        listed = [title for start, _, title in lines if int(start) == offset]
        assert [page.findtext("title") for page in found] == listed
        assert len(listed) <= CONFIG.pages_per_stream


def test_the_dump_holds_what_real_dumps_hold(data: Path) -> None:
    found = pages(data, CONFIG.first_snapshot)
    text = "\n".join(field(page, "text") for page in found.values())
    for markup in (
        "{{Infobox",
        "'''",
        "|thumb|",
        "<ref",
        "/>",
        "{{convert|",
        "{{lang|",
        "{|",
        "<!--",
        "\n* ",
        "#REDIRECT",
    ):
        assert markup in text, markup
    assert {field(page, "ns") for page in found.values()} == {"0", "1", "6", "10", "14"}
    redirects = [page.find("m:redirect", NAMESPACE) for page in found.values()]
    assert {one.get("title") for one in redirects if one is not None} <= found.keys()
    assert any(title.endswith("(disambiguation)") for title in found)


def test_notes_have_the_fields_of_the_text_source(data: Path) -> None:
    file = data / "raw" / CONFIG.first_snapshot / "text" / "notes.jsonl"
    notes = [json.loads(line) for line in file.read_text().splitlines()]
    assert len(notes) == CONFIG.notes
    assert len({note["id"] for note in notes}) == CONFIG.notes
    assert all(note["title"] and len(note["text"].split()) > 40 for note in notes)


def test_a_fact_that_stands_on_one_page_only_ends_the_stage() -> None:
    lonely = Question("Where was A B born?", ("Orm",), "x/0", "x", ("A B",), subject="A B")
    with pytest.raises(UserError, match="'Orm'"):
        check_questions({"A B": "A B was born in Orm."}, {"A B": "A B was born in Orm."}, [lonely])


def test_a_page_that_should_state_a_fact_but_does_not_ends_the_stage() -> None:
    missing = Question("Where was A B born?", ("Orm",), "x/0", "x", ("A B", "Orm"), subject="A B")
    for text in ("Ormstad, where B was born, is a city.", "Orm is a city where C was born."):
        texts = {"A B": "A B was born in Orm.", "Orm": text}
        with pytest.raises(UserError, match=r"'Orm' should name the subject of .* and say 'Orm'"):
            check_questions(texts, texts, [missing])


def test_disputed_questions_name_the_page_that_differs_and_what_it_says(data: Path) -> None:
    found = questions(data, "disputed")
    before, after = cleaned(data, CONFIG.first_snapshot), cleaned(data, CONFIG.second_snapshot)
    assert found
    for one in found:
        assert one["answer_disputed"] != one["answer"]
        assert not set(one["pages"]) & set(one["pages_disputed"])
        for texts in (before, after):
            assert len(set(stating(texts, one["pages"], one["answer"]))) >= 2, one
            assert len(set(stating(texts, one["pages_disputed"], one["answer_disputed"]))) == 1, one


def test_questions_without_an_answer_are_about_what_no_page_says(data: Path) -> None:
    found = questions(data, "unanswerable")
    asked = {
        one["fact_id"] for name in ("train", "dev", "test", "changed", "disputed") for one in questions(data, name)
    }
    assert len(found) == round(CONFIG.articles * CONFIG.unanswerable_fraction)
    assert not {one["fact_id"] for one in found} & asked
    assert all(one["answer"] == [] and one["pages"] == [] for one in found)
    everything = "\n".join(cleaned(data, CONFIG.first_snapshot).values())
    nobodies = [one["question"] for one in found if one["fact_id"].startswith("nobody")]
    assert len(nobodies) > 5
    for question in nobodies:
        name = re.search(r"[A-Z][a-z]+ [A-Z][a-z]+", question.split(maxsplit=1)[1])
        assert name is not None, question
        assert name.group() not in everything, question


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"articles": 40}, "articles"),
        ({"second_snapshot": "soon"}, "soon"),
        ({"changed_fraction": 0.9}, "changed_fraction"),
    ],
)
def test_a_setting_out_of_range_is_named(change: dict[str, Any], word: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=word):
        run(config=replace(CONFIG, **change), data=tmp_path)
    assert not directory_files(tmp_path)
