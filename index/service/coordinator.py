"""The actor that owns which version is current, who may still ask which, and what is taken out of service."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

from index.service.config import ServiceConfig
from index.service.registry import Registry, Served
from index.version import INDEX_KIND
from realm.errors import UserError
from realm.manifest import read_manifest

NAMESPACE = "realm-index"  # of the actors' names in Ray


class Coordinator:
    """Publishes versions, gives leases and removes what nobody needs.

    Every change is on disk before it is answered, so a restarted coordinator goes on, and a call that Ray repeats
    after a death changes nothing the second time.
    """

    def __init__(self, root: Path, searchers: list[str], config: ServiceConfig) -> None:
        """`searchers` are names of actors."""
        import ray

        self._root, self._config = root, config
        self._searchers: list[Any] = [ray.get_actor(name, namespace=NAMESPACE) for name in searchers]
        self._registry = Registry.read(root)
        self._swapping = asyncio.Lock()

    async def ready(self) -> int:
        """The process id; also tells that the actor is up."""
        import os

        return os.getpid()

    async def publish(self, directory: str, disposable: bool) -> str:
        """Makes the version in `directory` current once every searcher holds it; the one before stays if one cannot.

        Returns:
            Its fingerprint.

        Raises:
            UserError: it is damaged or no index version.
        """
        async with self._swapping:  # two builders at once: one after the other, the last one is current
            version = read_manifest(Path(directory), kind=INDEX_KIND).fingerprint
            loads = [one.load.remote(version, directory) for one in self._searchers]
            done = await asyncio.gather(*loads, return_exceptions=True)
            failed = [one for one in done if isinstance(one, BaseException)]
            if failed:
                if version not in self._registry.versions:
                    await self._drop(version)
                raise failed[0]
            self._change(self._registry.with_current(version, Served(directory, disposable)))
            await self._collect()
            return version

    async def lease(self, holder: str, version: str | None) -> str:
        """Gives `holder` a lease on `version`, or on the current one if None, in place of any it has.

        Returns:
            The version's fingerprint.

        Raises:
            UserError: there is no such version in service.
        """
        wanted = version or self._registry.current
        if wanted is None or wanted not in self._registry.versions:
            raise UserError(
                f"Version {wanted} is not in service; there are {sorted(self._registry.versions)}. Publish it first."
            )
        self._change(self._registry.with_lease(holder, wanted, seconds=self._config.lease_s))
        return wanted

    async def release(self, holder: str) -> None:
        """Takes a lease back."""
        self._change(self._registry.without_lease(holder))

    async def collect(self) -> None:
        """Takes out of service what nobody needs any more; publishing does so too."""
        async with self._swapping:
            await self._collect()

    async def registry(self) -> Registry:
        """What is in service now."""
        return self._registry

    def _change(self, registry: Registry) -> None:
        registry.write(self._root)
        self._registry = registry

    async def _collect(self) -> None:
        self._change(self._registry.without_garbage())
        for version, served in list(self._registry.retired.items()):
            await self._drop(version)
            if served.disposable:
                shutil.rmtree(served.directory, ignore_errors=True)
            self._change(self._registry.without_retired(version))

    async def _drop(self, version: str) -> None:
        await asyncio.gather(*(one.drop.remote(version) for one in self._searchers))
