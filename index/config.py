"""Section `index` of `params.yaml`."""

from dataclasses import dataclass

from index.service.config import ServiceConfig
from realm.precision import Precision


@dataclass(frozen=True)
class EmbedConfig:
    """How blocks become vectors.

    Attributes:
        actors: Ray actors that embed; 0 embeds in the calling process.
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

    actors: int
    cpus_per_actor: float
    gpus_per_actor: float
    threads: int
    lengths: tuple[int, ...]
    batch_size: int
    item_blocks: int
    dtype: Precision
    max_restarts: int
    placement_timeout_s: float


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

    probes: int
    min_cosine: float
    queries: int
    k: int
    recall_floor: float


@dataclass(frozen=True)
class IndexConfig:
    """How an index version is made.

    Attributes:
        sources: the knowledge corpus Z: blocks of these sources are indexed; of all if empty.
        factory: FAISS factory string; `Flat` is exact.
        probes: inverted lists visited per query, for factories with an IVF part.
        train_blocks: most vectors that a trained factory learns from, evenly spread.
        bucket_blocks: blocks sorted in memory at once.
        embed: see there.
        gate: see there.
        service: see there.
    """

    sources: tuple[str, ...]
    factory: str
    probes: int
    train_blocks: int
    bucket_blocks: int
    embed: EmbedConfig
    gate: GateConfig
    service: ServiceConfig
