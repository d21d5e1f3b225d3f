"""One wiki at two dates, and a small sample world at two: each made anew and with the other's corpus."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.corpus.job import LOCAL_RUNNER
from pipelines.corpus.run import Models
from pipelines.sample.stage import run as write_sample
from realm.tokenizer import import_tokenizer
from tests.pipelines.corpus.reuse_world import Made, make
from tests.pipelines.corpus.test_real_inputs import CORPUS, SOURCES
from tests.pipelines.dumps import write_tokenizer
from tests.pipelines.sample.test_sample import CONFIG as SAMPLE
from tests.real_inputs import real_input

WIKI = {date: f"wiki/indieweb-{date}0101.xml.bz2" for date in ("2018", "2020")}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    folder = tmp_path_factory.mktemp("tokenizer") / "tokenizer"
    import_tokenizer(str(real_input("vocab/bert-base-uncased.vocab.txt")), folder, lowercase=True)
    return Models(folder, "rules")


def make_here(raw: Path, folder: Path, models: Models, previous: Path | None = None) -> Made:
    """Makes a corpus with the settings of params.yaml, in this process."""
    config = replace(CORPUS, runner=LOCAL_RUNNER, workers=1)
    return make(raw, folder, models, previous=previous, sources=SOURCES, config=config)


def test_of_the_sample_world_with_all_its_sources_reuse_equals_rebuild(tmp_path: Path) -> None:
    write_sample(config=replace(SAMPLE, news_fraction=0.1), data=tmp_path)
    models = Models(write_tokenizer(tmp_path / "tokenizer"), "rules")
    first, second = (tmp_path / "raw" / date for date in (SAMPLE.first_snapshot, SAMPLE.second_snapshot))
    old, new = make_here(first, tmp_path / "old", models), make_here(second, tmp_path / "new", models)
    reused = make_here(second, tmp_path / "reused", models, old.corpus)
    assert reused.files == new.files
    reuse = reused.values["reuse"]
    assert set(reuse) == {"ccnews", "kelm", "text", "wikipedia"}
    for source, least in {"kelm": 0.6, "text": 0.9, "wikipedia": 0.6}.items():
        assert reuse[source]["reused"] >= least * reuse[source]["pages"], source
    assert reuse["text"]["added"] == 1


def test_of_two_dates_of_a_wiki_reuse_equals_rebuild(models: Models, tmp_path: Path) -> None:
    for date, name in WIKI.items():
        (tmp_path / date / "wikipedia").mkdir(parents=True)
        shutil.copy(real_input(name), tmp_path / date / "wikipedia")
    old, new = (make_here(tmp_path / date, tmp_path / f"made {date}", models) for date in WIKI)
    reused = make_here(tmp_path / "2020", tmp_path / "reused", models, old.corpus)
    assert reused.files == new.files
    counts = reused.values["reuse"]["wikipedia"]
    assert counts["reused"] > 2000  # of 4,729: the wiki grew by a third in these two years
    assert counts["added"] + counts["changed"] + counts["unchanged"] == new.values["articles"]
