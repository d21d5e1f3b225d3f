"""Section `index` of `params.yaml`."""

from dataclasses import dataclass
from typing import Annotated

from index.service.config import ServiceConfig
from realm.constraints import Ascending, AtLeast, Count, Natural, Seconds, Share
from realm.precision import Precision


@dataclass(frozen=True)
class EmbedConfig:
    """How blocks become vectors.

    Attributes:
        actors: Ray actors that embed; 0 embeds in the calling process, as a single work item is on CPUs in any case.
        cpus_per_actor: CPUs that Ray reserves for each; 0 inside training, which has reserved them already.
        gpus_per_actor: GPUs that Ray reserves for each; above 0 the model runs on one.
        threads: torch threads of each actor.
        lengths: allowed batch lengths in wordpieces, ascending; the last one cuts longer blocks. Fine steps spare
            padding, and cost a batch that has to be filled up for each length.
        batch_size: rows of a batch of the last length; shorter ones have as many more as give the same wordpieces.
            Short batches are filled up, so bytes do not depend on who shares a batch. Where memory runs out it is
            halved, for all blocks of the version. A CPU's caches like few rows, a GPU many.
        item_blocks: blocks of one work item, after which the vectors are on disk.
        dtype: of the computation: float32, bfloat16, or auto for what the device likes; vectors are float32 on disk.
        max_restarts: deaths of one actor that are forgiven; its work item is done again each time.
        placement_timeout_s: seconds an actor may wait for its resources before that is an error.
    """

    actors: Natural
    cpus_per_actor: Annotated[float, AtLeast(0)]
    gpus_per_actor: Annotated[float, AtLeast(0)]
    threads: Count
    lengths: Annotated[tuple[int, ...], Ascending(4)]
    batch_size: Count
    item_blocks: Count
    dtype: Precision
    max_restarts: Natural
    placement_timeout_s: Seconds


@dataclass(frozen=True)
class GateConfig:
    """What a version must show before it is published.

    Attributes:
        probes: blocks, evenly spread, that are embedded again: each must give its stored vector and find itself.
        min_cosine: smallest cosine of a probe to its stored vector.
        queries: stored vectors, evenly spread, that recall is measured with.
        k: results per query.
        recall_floor: smallest share of the exact top k that the index finds.
    """

    probes: Count
    min_cosine: Share
    queries: Count
    k: Count
    recall_floor: Share


@dataclass(frozen=True)
class IndexConfig:
    """How an index version is made.

    Attributes:
        sources: the knowledge corpus Z: blocks of these sources are indexed; of all if empty.
        factory: FAISS factory string; `Flat` is exact.
        probes: inverted lists visited per query, for factories with an IVF part.
        shard_blocks: blocks whose part of the FAISS index is in memory at once while it is built. Flat, SQ, PQ and IVF
            with one of these are built in parts of so many; other factories as a whole, for no more blocks than that.
        train_blocks: most vectors that a trained factory learns from, evenly spread.
        bucket_blocks: blocks sorted in memory at once.
        embed: see there.
        gate: see there.
        service: see there.
    """

    sources: tuple[str, ...]
    factory: str
    probes: Count
    shard_blocks: Count
    train_blocks: Count
    bucket_blocks: Count
    embed: EmbedConfig
    gate: GateConfig
    service: ServiceConfig
