"""The actors of a service: started, found by name, and asked so that one that cannot answer is no hang."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.actor_errors import raised_by_actor
from index.service.config import ServiceConfig
from index.service.coordinator import NAMESPACE, Coordinator
from index.service.searcher import Searcher
from index.service.shard import ShardPlace
from realm.errors import UserError


@dataclass(frozen=True)
class Actors:
    """Handles of the coordinator and of the searchers, which hold the shards in the order of their rows."""

    name: str
    coordinator: Any
    searchers: tuple[Any, ...]
    config: ServiceConfig

    @staticmethod
    def start(root: Path, config: ServiceConfig, *, name: str) -> "Actors":
        """Starts all of them; they are not up yet.

        Raises:
            UserError: there is a service of that name, or this one would have no shards.
        """
        import ray

        if not config.shards:
            raise UserError("A service of no shards holds nothing. Set index.service.shards to 1 or more.")
        lasting = {"max_restarts": -1, "max_task_retries": -1, "namespace": NAMESPACE}
        names = _searcher_names(name, config.shards)
        # The coordinator is started last and gets names, not handles: Ray would keep those where a restarted
        # coordinator may not find them.
        try:
            searchers = tuple(
                ray.remote(Searcher)
                .options(name=one, num_cpus=config.cpus_per_shard, **lasting)
                .remote(root, ShardPlace(number, config.shards), config)
                for number, one in enumerate(names)
            )
            options = {"name": _coordinator_name(name), "num_cpus": 0, **lasting}
            coordinator = ray.remote(Coordinator).options(**options).remote(root, names, config)
        except ValueError as error:
            raise UserError(
                f"An index service '{name}' runs in this Ray already ({error}). Use it by IndexService.named, or "
                "choose another name."
            ) from error
        return Actors(name, coordinator, searchers, config)

    @staticmethod
    def find(config: ServiceConfig, *, name: str) -> "Actors":
        """The actors of a service that runs, with its own settings; `config` says how long its word is waited for.

        Raises:
            UserError: there is none in this Ray.
        """
        import ray

        try:
            coordinator = ray.get_actor(_coordinator_name(name), namespace=NAMESPACE)
            alone = Actors(name, coordinator, (), config)
            own: ServiceConfig = alone.answer(alone.asked(coordinator, "settings"))
            names = _searcher_names(name, own.shards)
            searchers = tuple(ray.get_actor(one, namespace=NAMESPACE) for one in names)
        except ValueError as error:
            raise UserError(f"No index service '{name}' runs in this Ray ({error}). Start it first.") from error
        return Actors(name, coordinator, searchers, replace(own, placement_timeout_s=config.placement_timeout_s))

    def end(self) -> None:
        """Ends all of them."""
        import ray

        for actor in (self.coordinator, *self.searchers):
            ray.kill(actor)

    def asked(self, actor: Any, method: str, *arguments: Any) -> Any:
        """Calls a method of one of them and returns the reference for `answer`.

        Raises:
            UserError: this process has left its Ray.
        """
        self.require_joined()
        return getattr(actor, method).remote(*arguments)

    def require_joined(self) -> None:
        """Returns if this process is in a Ray.

        Raises:
            UserError: it is in none; a call would start another one.
        """
        import ray

        if not ray.is_initialized():
            raise UserError(f"This process has left the Ray in which index service '{self.name}' is. Connect again.")

    def answer(self, reference: Any) -> Any:
        """Waits for what a method of one of them returns, as long as it takes while all are up.

        Raises:
            UserError: the method raised one, the service has ended, or an actor is not up for `placement_timeout_s`.
            OSError: the method raised one.
        """
        import ray

        while True:
            try:
                return ray.get(reference, timeout=self.config.placement_timeout_s)
            except ray.exceptions.GetTimeoutError:
                self.require_ready()
            except ray.exceptions.RayTaskError as error:
                raise raised_by_actor(error) from None
            except ray.exceptions.RayActorError as error:
                raise self._ended(error) from error

    def require_ready(self) -> None:
        """Returns when all are up.

        Raises:
            UserError: one is not in time; the message says which, and what Ray has to place it on.
        """
        import ray

        named = {_coordinator_name(self.name): self.coordinator}
        named |= dict(zip(_searcher_names(self.name, len(self.searchers)), self.searchers, strict=True))
        asked = {self.asked(one, "ready"): name for name, one in named.items()}
        up, missing = ray.wait(list(asked), num_returns=len(asked), timeout=self.config.placement_timeout_s)
        if missing:
            raise UserError(
                f"{', '.join(asked[one] for one in missing)} of an index service of {self.config.shards} shards with "
                f"{self.config.cpus_per_shard} CPUs each did not answer for {self.config.placement_timeout_s:.0f} s; "
                f"Ray has {ray.cluster_resources()}, free are {ray.available_resources()}. Lower index.service.shards "
                "or index.service.cpus_per_shard if that does not suffice."
            )
        try:
            ray.get(up)
        except ray.exceptions.RayActorError as error:
            raise self._ended(error) from error

    def _ended(self, error: Exception) -> UserError:
        reason = " ".join(str(error).split())
        return UserError(
            f"The index service '{self.name}' has ended ({reason}). Start it again; it knows its versions."
        )


def _searcher_names(name: str, shards: int) -> list[str]:
    return [f"{name}-searcher-{number}" for number in range(shards)]


def _coordinator_name(name: str) -> str:
    return f"{name}-coordinator"
