"""Section `index.service` of `params.yaml`."""

from dataclasses import dataclass
from typing import Annotated, Final

from realm.constraints import AtLeast, Count, Natural, Seconds

RENEWALS_PER_LEASE: Final = 3


@dataclass(frozen=True)
class ServiceConfig:
    """How the index is served to other processes.

    Attributes:
        shards: Ray actors that hold the rows of every version between them; 0 serves nothing, and every process
            maps the index for itself, which is quickest on one machine.
        cpus_per_shard: CPUs that Ray reserves for each.
        threads: FAISS threads of each.
        max_batch: queries that are searched at once; those that arrive while a search runs are searched together,
            and a call with more of them is cut.
        lease_s: seconds that a holder which died without a word keeps its version in service.
        placement_timeout_s: seconds an actor may wait for its resources before that is an error.
    """

    shards: Natural
    cpus_per_shard: Annotated[float, AtLeast(0)]
    threads: Count
    max_batch: Count
    lease_s: Seconds
    placement_timeout_s: Seconds
