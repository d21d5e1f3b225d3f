from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ray_session import Session
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.index.world import World, bodies


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    import torch

    from realm.model import Embedder, RealmConfig, Retriever

    root = tmp_path_factory.mktemp("trained")
    tokenizer = root / "tokenizer"
    train_wordpiece(bodies(200), vocab_size=300, lowercase=True, output=tokenizer)
    torch.manual_seed(3)
    config = RealmConfig(
        vocab_size=Tokenizer.load(tokenizer).vocab_size,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        projection_size=16,
        pooling="mean",
        initializer_range=0.5,  # an untrained embedder whose vectors differ
    )
    embedder = Embedder(config)
    Retriever(embedder, embedder).save(root / "model")
    return tokenizer, root / "model"


@pytest.fixture
def world(trained: tuple[Path, Path], tmp_path: Path) -> World:
    tokenizer, model = trained
    return World(root=tmp_path, tokenizer=tokenizer, model=model)


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """The session of the test run if there is one, or one for this module."""
    inherited = Session.inherited()
    one = inherited or Session.create()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in one.environment().items():
            environment.setenv(name, value)
        yield one
    if inherited is None:
        one.end()
