"""A lease on a version in service: renewed while it is held, and all answers are from that version alone."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import numpy as np

from index.filters import NO_FILTER, BlockFilter
from index.search import SearchResult
from index.service.actors import Actors
from index.service.config import RENEWALS_PER_LEASE
from index.service.connections import Connections
from index.service.packed import Question, unpacked_answer
from index.service.question import query_vectors, require_askable
from index.service.shard import merged
from realm.errors import UserError


class LeasedVersion:
    """One version in service; all answers are from it alone."""

    def __init__(self, actors: Actors, connections: Connections, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._actors, self._connections = actors, connections
        self._lost: Exception | None = None

    def search(self, queries: np.ndarray, k: int, *, only: BlockFilter = NO_FILTER) -> SearchResult:
        """The `k` nearest blocks of each query, as `IndexVersion.search` finds them.

        Args:
            queries: float32 `[queries, dim]`.
            k: results a query.
            only: which blocks may be found.

        Raises:
            MismatchError: queries have another dimension than the version.
            UserError: this cannot be asked, the lease could not be renewed, or the service has ended.
        """
        queries = query_vectors(queries)
        require_askable(k, only)
        if self._lost is not None:
            raise UserError(
                f"The lease on version {self.fingerprint} is lost ({self._lost}). Take another one."
            ) from self._lost
        message = Question(self.fingerprint, queries, int(k), only).packed()
        return merged([unpacked_answer(one, int(k)) for one in self._connections.answers(message)], int(k))

    def keep(self, holder: str, ended: threading.Event) -> None:
        """Renews the lease until `ended`; a failure is told to whoever asks next."""
        import ray

        while not ended.wait(self._actors.config.lease_s / RENEWALS_PER_LEASE):
            try:
                self._actors.answer(self._actors.asked(self._actors.coordinator, "lease", holder, self.fingerprint))
            except (UserError, OSError, ray.exceptions.RayError) as error:
                self._lost = error
                return


@contextmanager
def leased(actors: Actors, connections: Connections, version: str | None) -> Iterator[LeasedVersion]:
    """See `IndexService.lease`."""
    holder, ended = uuid.uuid4().hex, threading.Event()
    fingerprint: str = actors.answer(actors.asked(actors.coordinator, "lease", holder, version))
    one = LeasedVersion(actors, connections, fingerprint)
    renewal = threading.Thread(target=one.keep, args=(holder, ended), daemon=True)
    renewal.start()
    try:
        yield one
    finally:
        ended.set()
        renewal.join()
        with suppress(UserError):  # a service that has ended needs nothing back
            actors.answer(actors.asked(actors.coordinator, "release", holder))
