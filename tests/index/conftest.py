from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ray_session import Session
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.index.processes import joined_session
from tests.index.world import World, bodies


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    from tests.tiny import tiny_retriever

    root = tmp_path_factory.mktemp("trained")
    tokenizer = root / "tokenizer"
    train_wordpiece(bodies(200), vocab_size=300, lowercase=True, output=tokenizer)
    size = Tokenizer.load(tokenizer).vocab_size
    tiny_retriever(seed=3, vocab_size=size, initializer_range=0.5).save(root / "model")
    return tokenizer, root / "model"


@pytest.fixture
def world(trained: tuple[Path, Path], tmp_path: Path) -> World:
    tokenizer, model = trained
    return World(root=tmp_path, tokenizer=tokenizer, model=model)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """The session of the test run if there is one, or one for this module."""
    with joined_session() as one:
        yield one
