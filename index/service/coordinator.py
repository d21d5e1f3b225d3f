"""The actor that owns which version is current, who may still ask which, and what is taken out of service."""

import asyncio
import contextlib
import fcntl
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.service.config import RENEWALS_PER_LEASE, ServiceConfig
from index.service.registry import Registry, Retired, Served
from index.service.removal import remove_version
from index.version import INDEX_KIND
from realm.errors import UserError
from realm.manifest import read_manifest

NAMESPACE = "realm-index"  # of the actors' names in Ray


class Coordinator:
    """Publishes versions, gives leases and removes what nobody needs.

    Every change of what is in service is on disk before it is answered, so a restarted coordinator goes on, and a
    call that Ray repeats after a death changes nothing the second time. Leases are in memory, by a clock that nobody
    can set: after a restart nothing is taken out of service until all who hold one have renewed it.
    """

    def __init__(self, root: Path, searchers: list[str], config: ServiceConfig) -> None:
        """`searchers` are names of actors."""
        import ray

        self._root, self._config = root, config
        # The coordinator of a service that was killed may be about to end, and is waited for.
        self._sole = (root / ".coordinator.lock").open("w")
        fcntl.flock(self._sole, fcntl.LOCK_EX)
        self._searchers: list[Any] = [ray.get_actor(name, namespace=NAMESPACE) for name in searchers]
        self._registry = Registry.read(root)
        self._leases: dict[str, tuple[str, float]] = {}  # by holder: the version, and until when
        self._awake = time.monotonic()
        self._all_known_from = self._awake + (config.lease_s if self._registry.versions else 0)
        self._swapping = asyncio.Lock()
        self._garbage = asyncio.Event()
        self._tidying: asyncio.Task[None] | None = None

    async def ready(self) -> int:
        """The process id; also tells that the actor is up."""
        import os

        return os.getpid()

    async def settings(self) -> ServiceConfig:
        """What the service was started with."""
        return self._config

    async def publish(self, publication: str, directory: str, disposable: bool) -> str:
        """Makes the version in `directory` current once every searcher holds it; the one before stays if one cannot.

        Args:
            publication: a name of its own, by which a call that Ray repeats is known: it changes nothing, even if
                another version has followed and `directory` is gone.
            directory: an absolute path.
            disposable: whether it is removed when it goes out of service.

        Returns:
            Its fingerprint.

        Raises:
            UserError: it is damaged or no index version.
        """
        self._keep_tidy()
        async with self._swapping:  # two builders at once: one after the other, the last one is current
            if done := self._registry.published_by(publication):
                return done
            version = read_manifest(Path(directory), kind=INDEX_KIND).fingerprint
            try:
                await self._load(version, directory)
                self._change(self._registry.with_current(publication, version, Served(directory, disposable)))
            finally:
                if version not in self._registry.versions:  # some searchers may hold it
                    await self._on(self._searchers, "drop", version)
            await self._collect_if_possible()
            return version

    async def lease(self, holder: str, version: str | None) -> str:
        """Gives `holder` a lease on `version`, or on the current one if None, in place of any it has.

        Returns:
            The version's fingerprint.

        Raises:
            UserError: there is no such version in service.
        """
        self._keep_tidy()
        wanted = version or self._registry.current
        if wanted is None:
            raise UserError("No version is in service yet. Publish one first.")
        if wanted not in self._registry.versions:
            there = ", ".join(sorted(self._registry.versions)) or "none"
            raise UserError(f"Version {wanted} is not in service (in service: {there}). Publish it first.")
        self._leases[holder] = wanted, time.monotonic() + self._config.lease_s
        return wanted

    async def release(self, holder: str) -> None:
        """Takes a lease back; what nobody needs any more is let go of at once, and nobody waits for that."""
        self._leases.pop(holder, None)
        self._garbage.set()

    async def collect(self) -> None:
        """Takes out of service what nobody needs any more; that happens by itself, too."""
        async with self._swapping:
            await self._collect()

    async def registry(self) -> Registry:
        """What is in service now."""
        return self._registry

    def _change(self, registry: Registry) -> None:
        if registry != self._registry:
            registry.write(self._root)
            self._registry = registry

    async def _load(self, version: str, directory: str) -> None:
        """Every searcher holds the version; the note that the first one found it sound spares the others reading it."""
        await self._on(self._searchers[:1], "load", version, directory)
        await self._on(self._searchers[1:], "load", version, directory)

    async def _on(self, searchers: Sequence[Any], method: str, *arguments: str) -> None:
        """Calls a method of these searchers, waits for all of them, and raises what the first of them raised."""
        asked = [getattr(one, method).remote(*arguments) for one in searchers]
        for one in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(one, BaseException):
                raise getattr(one, "cause", None) or one  # as it was before Ray wrapped it in a traceback

    def _keep_tidy(self) -> None:
        """Sees to it that garbage is collected: after each release, and when leases may have run out."""
        if self._tidying is None:
            self._tidying = asyncio.get_running_loop().create_task(self._tidy())

    async def _tidy(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._garbage.wait(), self._config.lease_s / RENEWALS_PER_LEASE)
            self._garbage.clear()
            self._notice_standstill()
            if not self._swapping.locked():  # else who holds it collects at its end
                async with self._swapping:
                    await self._collect_if_possible()

    async def _collect_if_possible(self) -> None:
        import ray

        try:
            await self._collect()
        except (UserError, OSError, ray.exceptions.RayError) as error:  # the next time goes on
            print(f"index service: garbage could not be collected ({error})", flush=True)

    def _notice_standstill(self) -> None:
        """A process that was stopped for long may have the renewals of all leases still before it."""
        now = time.monotonic()
        if now - self._awake > self._config.lease_s * 2 / RENEWALS_PER_LEASE:
            self._all_known_from = now + self._config.lease_s
        self._awake = now

    async def _collect(self) -> None:
        self._notice_standstill()
        if self._awake >= self._all_known_from:
            self._leases = {holder: lease for holder, lease in self._leases.items() if lease[1] > self._awake}
            self._change(self._registry.without_garbage({version for version, _ in self._leases.values()}))
        for one in self._registry.retired:
            try:
                await self._let_go(one)
            except OSError as error:  # the next collection tries again
                print(f"index service: {one.directory} could not be removed ({error})", flush=True)
            else:
                self._change(self._registry.without_retired(one))

    async def _let_go(self, one: Retired) -> None:
        elsewhere = self._registry.versions.get(one.version)
        if elsewhere is None:
            await self._on(self._searchers, "drop", one.version)
        else:
            await self._on(self._searchers, "move", one.version, elsewhere.directory)
        if one.disposable and not self._registry.serves_from(one.directory):
            await asyncio.to_thread(remove_version, Path(one.directory), one.version)
