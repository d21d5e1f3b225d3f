"""What other processes use of the service: publish a version, lease one, ask it.

with IndexService.running(Path("data/.cache/service"), config, name="realm") as service:
service.publish(Path("data/index/2020-01-20"))
with service.lease() as version:
found = version.search(queries, 5)
"""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from index.service.actors import Actors
from index.service.config import ServiceConfig
from index.service.connections import Connections
from index.service.lease import LeasedVersion, leased
from index.service.registry import Registry
from index.service.searcher import Searched
from realm.errors import UserError
from realm.storage import sole_writer


class IndexService:
    """A handle to a service that runs in this Ray; any process of the cluster may have one."""

    def __init__(self, actors: Actors) -> None:
        self._actors, self._connections = actors, Connections(actors)

    @staticmethod
    @contextmanager
    def running(root: Path, config: ServiceConfig, *, name: str) -> "Iterator[IndexService]":
        """Starts a service for the length of the `with` block, in a Ray this process has joined.

        It begins with what was in service when the last one with that `root` ended, however it did.

        Args:
            root: where it notes what is in service, on storage that all its actors see.
            config: its shards and limits.
            name: by which other processes find it (`IndexService.named`).

        Raises:
            UserError: its actors found no room in time, its notes are damaged, or another service has that `root` or
                that `name`.
        """
        root = root.absolute()
        with _sole_service(root):
            Registry.read(root)  # a sentence here, and not from an actor that does not start
            actors = Actors.start(root, config, name=name)
            service = IndexService(actors)
            try:
                actors.require_ready()
                yield service
                actors.answer(actors.asked(actors.coordinator, "collect"))  # whatever is under way has ended then
            finally:
                service._connections.close()
                actors.end()

    @staticmethod
    def named(config: ServiceConfig, *, name: str) -> "IndexService":
        """The service that another process started under `name`, with the settings it was started with.

        Raises:
            UserError: there is none in this Ray, or it does not answer for `config.placement_timeout_s`.
        """
        return IndexService(Actors.find(config, name=name))

    def publish(self, directory: Path, *, disposable: bool = False) -> str:
        """Makes the version in `directory` the current one, and returns its fingerprint.

        Leases on the one before stay good. A `disposable` version's directory is removed when it goes out of service.
        The same version again is served from its new directory, if that is another one.

        Raises:
            UserError: the version is damaged; what was current stays so.
        """
        place = str(directory.resolve())  # a link may lead somewhere else tomorrow
        published: str = self._coordinator("publish", uuid.uuid4().hex, place, disposable)
        return published

    def lease(self, version: str | None = None) -> AbstractContextManager[LeasedVersion]:
        """A lease on `version`, or on the current one: it is in service until the block ends.

        The lease is renewed by a thread; if this process dies, it runs out after `lease_s`.

        Raises:
            UserError: there is no such version in service.
        """
        return leased(self._actors, self._connections, version)

    def registry(self) -> Registry:
        """What is in service now."""
        current: Registry = self._coordinator("registry")
        return current

    def searched(self) -> list[Searched]:
        """What each searcher has done since it was started: how many queries, in how many searches, for how long."""
        asked = [self._actors.asked(one, "searched") for one in self._actors.searchers]
        return [self._actors.answer(one) for one in asked]

    def _coordinator(self, method: str, *arguments: Any) -> Any:
        return self._actors.answer(self._actors.asked(self._actors.coordinator, method, *arguments))


@contextmanager
def _sole_service(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        try:
            held.enter_context(sole_writer(root / "service"))
        except UserError as error:
            raise UserError(
                f"Another index service keeps its notes in {root}. End it first, or name another directory."
            ) from error
        yield
