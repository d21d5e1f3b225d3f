"""The knowledge graph of the sample: the published form, true statements, and our own source reads it."""

import json
from pathlib import Path

import pytest

from pipelines.sample.chance import Chance
from pipelines.sample.kelm import RELATIONS, KelmLine, write_kelm
from pipelines.sample.stage import make
from pipelines.sample.wordings import WORDINGS
from pipelines.sample.world import World
from pipelines.sources.kelm import Kelm
from realm.schema import Article
from tests.pipelines.dumps import SOURCES
from tests.pipelines.sample.test_sample import CONFIG


@pytest.fixture(scope="module")
def worlds() -> tuple[World, World]:
    sample = make(CONFIG)
    return sample.first.world, sample.second.world


@pytest.fixture(scope="module")
def lines(worlds: tuple[World, World]) -> list[KelmLine]:
    return write_kelm(worlds[0], Chance(CONFIG.seed), share=0.25)


def test_a_quarter_of_the_entities_is_known_and_not_all_about_them(
    worlds: tuple[World, World], lines: list[KelmLine]
) -> None:
    subjects = {fact_id.split("/")[0] for line in lines for fact_id in line.states}
    assert 0.15 < len(subjects) / len(worlds[0].entities) < 0.35
    stated = {fact_id for line in lines for fact_id in line.states}
    known = {fact.fact_id for fact in worlds[0].facts.values() if fact.subject in subjects}
    assert 0.3 < len(stated) / len(known) < 0.8


def test_each_line_states_its_facts_in_both_columns_and_truly(
    worlds: tuple[World, World], lines: list[KelmLine]
) -> None:
    truth = {fact.fact_id: fact.answer for fact in worlds[0].facts.values()}
    for line in lines:
        assert line.reference.startswith(f"{line.subject} ")
        assert line.candidate.startswith(f"{line.subject} ")
        for fact_id, answer in line.states.items():
            assert truth[fact_id] == answer
            assert answer in line.reference
            assert answer in line.candidate


def test_a_fact_that_changed_is_another_line_in_the_second_snapshot_and_the_rest_stay(
    worlds: tuple[World, World], lines: list[KelmLine]
) -> None:
    later = write_kelm(worlds[1], Chance(CONFIG.seed), share=0.25)
    before, after = {line.reference for line in lines}, {line.reference for line in later}
    changed = {key for key, fact in worlds[0].facts.items() if worlds[1].facts[key] != fact}
    differing = [line for line in lines if line.reference not in after]
    assert len(before & after) > 0.8 * len(before)
    assert all(
        any((fact_id.split("/")[0], fact_id.split("/")[1]) in changed for fact_id in one.states) for one in differing
    )


def test_the_graph_knows_only_relations_that_are_asked_for() -> None:
    assert RELATIONS.keys() <= WORDINGS.keys()


def test_our_source_makes_one_document_of_each_subject(lines: list[KelmLine], tmp_path: Path) -> None:
    file = tmp_path / "kelm_generated_corpus.jsonl"
    file.write_text("".join(json.dumps(line.record()) + "\n" for line in lines))
    source = Kelm()
    items = source.work_items([file], SOURCES)
    articles = [one for item in items for one in source.read(item, SOURCES) if isinstance(one, Article)]
    assert {one.title for one in articles} == {line.subject for line in lines}
    text = "\n".join(one.text for one in articles)
    assert all(line.candidate in text for line in lines)
