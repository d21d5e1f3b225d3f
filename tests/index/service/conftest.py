from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ray_runtime import connect
from index.ray_session import Session
from index.service.client import IndexService
from tests.index.processes import joined_session
from tests.index.service.served import CONFIG, NAME


@pytest.fixture(scope="package")
def session() -> Iterator[Session]:
    """One for all modules of this folder, since starting it takes its time."""
    with joined_session() as one:
        yield one


@pytest.fixture(scope="package")
def ray(session: Session) -> Iterator[Session]:
    with connect():
        yield session


@pytest.fixture
def service(ray: Session, tmp_path: Path) -> Iterator[IndexService]:  # noqa: ARG001 - it must run
    with IndexService.running(tmp_path / "service", CONFIG, name=NAME) as one:
        yield one
