"""Reuse with other models than the earlier corpus was made with, and with a trained tagger."""

import random
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines import train_tagger
from pipelines.corpus.run import Models
from realm.tokenizer import train_wordpiece
from tests.pipelines import taggers
from tests.pipelines.corpus.reuse_world import EDITS, Made, make, small_world
from tests.pipelines.dumps import SOURCES, town


def test_another_tokenizer_or_tagger_reuses_nothing_and_says_so(
    first: Made, models: Models, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = small_world().write(tmp_path / "raw")
    for name, other in (
        ("tagger", replace(models, tagger="none")),
        ("tokenizer", replace(models, tokenizer=_other_tokenizer(tmp_path))),
    ):
        made = make(raw, tmp_path / name, other, previous=first.corpus)
        assert made.reused() == 0
        assert "is reused: it was made with other code, settings, tokenizer or tagger" in capsys.readouterr().err
        assert made.files == make(raw, tmp_path / f"{name}-rebuilt", other).files


def _other_tokenizer(folder: Path) -> Path:
    train_wordpiece((town(n) for n in range(9)), vocab_size=300, lowercase=True, output=folder / "other")
    return folder / "other"


@pytest.fixture(scope="module")
def trained(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Models:
    """With a tagger of the default kind, which learnt from the small world."""
    return _trained(models, tmp_path_factory.mktemp("trained"), seed=5)


def _trained(models: Models, folder: Path, *, seed: int) -> Models:
    raw = small_world().write(folder / "raw")
    config = taggers.settings(kind="wikilinks", training=replace(taggers.TRAINING, seed=seed))
    train_tagger.run(config, raw=raw, sources=SOURCES, output=folder / "tagger")
    return replace(models, tagger=str(folder / "tagger"))


@pytest.fixture(scope="module")
def tagged(trained: Models, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The corpus of the small world, tagged by it."""
    folder = tmp_path_factory.mktemp("tagged")
    return make(small_world().write(folder / "raw"), folder, trained)


def test_the_trained_tagger_finds_what_the_rules_do_not(tagged: Made, first: Made) -> None:
    def spans(made: Made) -> list[object]:
        return [pq.read_table(path, columns=["spans"]).to_pylist() for path in made.corpus.glob("wikipedia-*")]

    assert any(row["spans"] for rows in spans(tagged) for row in rows)  # type: ignore[attr-defined]
    assert spans(tagged) != spans(first)


@pytest.mark.parametrize("seed", range(2))
def test_with_a_trained_tagger_reuse_gives_the_bytes_of_a_rebuild(
    seed: int, tagged: Made, trained: Models, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    world = small_world()
    for edit in chance.sample(EDITS, k=4):
        edit(world, chance)
    raw = world.write(tmp_path / "raw", pages_per_stream=chance.randint(1, 5))
    made = make(raw, tmp_path / "made", trained, previous=tagged.corpus, workers=1 + seed)
    assert made.files == make(raw, tmp_path / "rebuilt", trained).files
    assert 0.4 * made.pages() < made.reused() < made.pages()


def test_an_equal_tagger_made_again_reuses_everything_and_a_retrained_one_nothing(
    tagged: Made, trained: Models, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = small_world().write(tmp_path / "raw")
    equal = _trained(trained, tmp_path / "equal", seed=5)
    made = make(raw, tmp_path / "with-equal", equal, previous=tagged.corpus)
    assert made.reused() == made.pages()
    assert made.files == tagged.files
    other = _trained(trained, tmp_path / "other", seed=6)
    made = make(raw, tmp_path / "with-other", other, previous=tagged.corpus)
    assert made.reused() == 0
    assert "is reused: it was made with other code, settings, tokenizer or tagger" in capsys.readouterr().err
    assert made.files == make(raw, tmp_path / "rebuilt", other).files
    assert made.files != tagged.files
