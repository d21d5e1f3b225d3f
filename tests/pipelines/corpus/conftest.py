"""The models and the first corpus of the tests of reuse."""

import pytest

from pipelines.corpus.run import Models
from tests.pipelines.corpus.reuse_world import Made, make, small_world
from tests.pipelines.dumps import write_tokenizer


@pytest.fixture(scope="package")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tokenizer=write_tokenizer(tmp_path_factory.mktemp("tokenizer") / "tokenizer"), tagger="rules")


@pytest.fixture(scope="package")
def first(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The corpus of the small world."""
    folder = tmp_path_factory.mktemp("small")
    return make(small_world().write(folder / "raw"), folder, models)
