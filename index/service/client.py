"""What other processes use of the service: publish a version, lease one, ask it.

with IndexService.running(Path("data/.cache/service"), config, name="realm") as service:
service.publish(Path("data/index/2020-01-20"))
with service.lease() as version:
found = version.search(queries, 5)
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.filters import NO_FILTER, BlockFilter
from index.search import SearchResult
from index.service.config import ServiceConfig
from index.service.coordinator import NAMESPACE, Coordinator
from index.service.registry import Registry
from index.service.searcher import Searcher
from index.service.shard import ShardPlace, merged
from realm.errors import UserError

_RENEWALS_PER_LEASE = 3


class IndexService:
    """A handle to a service that runs in this Ray; any process of the cluster may have one."""

    def __init__(self, coordinator: Any, searchers: list[Any], config: ServiceConfig) -> None:
        self._coordinator, self._searchers, self._config = coordinator, searchers, config

    @staticmethod
    @contextmanager
    def running(root: Path, config: ServiceConfig, *, name: str) -> "Iterator[IndexService]":
        """Starts a service for the length of the `with` block, in a Ray this process has joined.

        Args:
            root: where it notes what is in service, on storage that all its actors see.
            config: its shards and limits.
            name: by which other processes find it (`IndexService.named`).

        Raises:
            UserError: its actors found no room in time.
        """
        import ray

        root.mkdir(parents=True, exist_ok=True)
        lasting = {"max_restarts": -1, "max_task_retries": -1, "namespace": NAMESPACE}
        names = searcher_names(name, config)
        searchers = [
            ray.remote(Searcher)
            .options(name=one, num_cpus=config.cpus_per_shard, **lasting)
            .remote(root.absolute(), ShardPlace(number, config.shards), config)
            for number, one in enumerate(names)
        ]
        # By names and not by handles: Ray would keep those where a restarted coordinator may not find them.
        options = {"name": _coordinator_name(name), "num_cpus": 0, **lasting}
        coordinator = ray.remote(Coordinator).options(**options).remote(root.absolute(), names, config)
        try:
            _await_placement([*searchers, coordinator], config)
            yield IndexService(coordinator, searchers, config)
            _result(coordinator.collect.remote())  # whatever is under way has ended then
        finally:
            for actor in (coordinator, *searchers):
                ray.kill(actor)

    @staticmethod
    def named(config: ServiceConfig, *, name: str) -> "IndexService":
        """The service that another process started under `name`.

        Raises:
            UserError: there is none in this Ray.
        """
        import ray

        names = [_coordinator_name(name), *searcher_names(name, config)]
        try:
            coordinator, *searchers = (ray.get_actor(one, namespace=NAMESPACE) for one in names)
        except ValueError as error:
            raise UserError(
                f"No index service '{name}' with {config.shards} shards runs in this Ray ({error})."
            ) from error
        return IndexService(coordinator, searchers, config)

    def publish(self, directory: Path, *, disposable: bool = False) -> str:
        """Makes the version in `directory` the current one, and returns its fingerprint.

        Leases on the one before stay good. A `disposable` version's directory is removed when it goes out of service.

        Raises:
            UserError: the version is damaged; what was current stays so.
        """
        published: str = _result(self._coordinator.publish.remote(str(directory.absolute()), disposable))
        return published

    @contextmanager
    def lease(self, version: str | None = None) -> "Iterator[LeasedVersion]":
        """A lease on `version`, or on the current one: it is in service until the block ends.

        The lease is renewed by a thread; if this process dies, it runs out after `lease_s`.

        Raises:
            UserError: there is no such version in service.
        """
        holder, ended = uuid.uuid4().hex, threading.Event()
        leased: str = _result(self._coordinator.lease.remote(holder, version))
        renewal = threading.Thread(target=self._renew, args=(holder, leased, ended), daemon=True)
        renewal.start()
        try:
            yield LeasedVersion(leased, self._searchers)
        finally:
            ended.set()
            renewal.join()
            _result(self._coordinator.release.remote(holder))
            self._coordinator.collect.remote()  # nobody has to wait for that

    def registry(self) -> Registry:
        """What is in service now."""
        current: Registry = _result(self._coordinator.registry.remote())
        return current

    def _renew(self, holder: str, version: str, ended: threading.Event) -> None:
        while not ended.wait(self._config.lease_s / _RENEWALS_PER_LEASE):
            _result(self._coordinator.lease.remote(holder, version))


class LeasedVersion:
    """One version in service; all answers are from it alone."""

    def __init__(self, fingerprint: str, searchers: list[Any]) -> None:
        self.fingerprint = fingerprint
        self._searchers = searchers

    def search(self, queries: np.ndarray, k: int, *, only: BlockFilter = NO_FILTER) -> SearchResult:
        """The `k` nearest blocks of each query, as `IndexVersion.search` finds them.

        Args:
            queries: float32 `[queries, dim]`.
            k: results a query.
            only: which blocks may be found.

        Raises:
            MismatchError: queries have another dimension than the version.
        """
        asked = [one.search.remote(self.fingerprint, queries, k, only) for one in self._searchers]
        return merged([_result(one) for one in asked], k)


def searcher_names(name: str, config: ServiceConfig) -> list[str]:
    """Names of the actors that hold the shards of service `name`, in the order of their rows."""
    return [f"{name}-searcher-{number}" for number in range(config.shards)]


def _coordinator_name(name: str) -> str:
    return f"{name}-coordinator"


def _result(reference: Any) -> Any:
    """What an actor's method returned, or the sentence it raised."""
    import ray

    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, UserError):
            raise error.cause from None
        raise


def _await_placement(actors: list[Any], config: ServiceConfig) -> None:
    import ray

    try:
        ray.get([actor.ready.remote() for actor in actors], timeout=config.placement_timeout_s)
    except ray.exceptions.GetTimeoutError as error:
        raise UserError(
            f"An index service of {config.shards} shards with {config.cpus_per_shard} CPUs each was not up after "
            f"{config.placement_timeout_s:.0f} s; Ray has {ray.cluster_resources()}, free are "
            f"{ray.available_resources()}. Lower index.service.shards or index.service.cpus_per_shard."
        ) from error
