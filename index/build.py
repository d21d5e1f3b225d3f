"""Stage `index`: embeds a snapshot's blocks and publishes an index version.

    python -m index.build --snapshot 2020-01-20                             # with the block encoder of models/realm
    python -m index.build --snapshot 2018-12-20 --name ict --model ict      # the ICT baseline

Vectors that the previous snapshot's index or an interrupted run has are taken from there; only the rest is
embedded. The version is the same, byte for byte, as one that is built from nothing.
"""

import re
import resource
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.config import EmbedConfig, GateConfig, IndexConfig
from realm import params as parameters
from realm.errors import UserError, main_guard
from realm.manifest import UNNAMED, Manifest, read_manifest, require_same, write_manifest
from realm.paths import DataPaths
from realm.precision import resolve_precision
from realm.stage import open_stage, stage_parser
from realm.storage import publish_directory, sole_writer, write_json
from realm.tokenizer import Tokenizer
from realm.verified import verified_manifest

if TYPE_CHECKING:
    from index.collect import Collected
    from index.embed import EmbeddingJob

__all__ = ["EmbedConfig", "GateConfig", "IndexConfig", "build_index", "run"]

_LONGEST = 100
_NAME = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_+.-]{{0,{_LONGEST - 1}}}")


@dataclass(frozen=True)
class _Inputs:
    """What a version is made from, opened and found to belong together."""

    blocks: Path
    corpus: Manifest
    model: Path
    tokenizer: Tokenizer
    encoder: str


def build_index(
    *,
    blocks: Path,
    model: Path,
    tokenizer: Path,
    previous: Path | None,
    output: Path,
    config: IndexConfig,
    cache: Path,
) -> dict[str, Any]:
    """Makes an index version and publishes it at `output`.

    Args:
        blocks: the corpus of a snapshot.
        model: a saved retriever, or any directory that holds a snapshot of one's weights.
        tokenizer: the run's tokenizer.
        previous: an index version to take vectors from if its encoder is the same one, or None.
        output: where the version appears, whole or not at all.
        config: section `index`.
        cache: finished work items and sorted block tables; disposable.

    Returns:
        Metrics: `blocks`, how many were `reused`, taken from `cached` items and `embedded`, the checksum of all
            `vectors` and the `dtype` they were computed in, `recall` and `queries_per_second` of the gate, `bytes` of
            the version, `bytes_per_block` of index.faiss, `peak_bytes` of this process (resident memory, mapped files
            included) and `seconds`.

    Raises:
        UserError: an input is damaged, the version does not pass the gate, or another process is making it;
            `output` is left as it was.
        MismatchError: the inputs do not belong together.
    """
    started = time.monotonic()
    with sole_writer(output):
        inputs = _open_inputs(blocks, model, tokenizer)
        metrics = _build(inputs, previous=previous, output=output, config=config, cache=cache)
    return {**metrics, "seconds": round(time.monotonic() - started, 2)}


def _build(inputs: _Inputs, *, previous: Path | None, output: Path, config: IndexConfig, cache: Path) -> dict[str, Any]:
    from index.collect import collect_vectors
    from index.embed import with_room
    from index.faiss_index import rehearse
    from index.gate import require_sound
    from realm.arrow_rows import ArrowRows
    from realm.model import RealmConfig
    from realm.model.retriever import block_embedder_directory

    job = _embedding_job(inputs, _block_table(inputs, config, cache), config, cache)
    if blocks := len(ArrowRows(job.table)):  # a bad factory is refused before anything is embedded
        dimension = RealmConfig.from_pretrained(block_embedder_directory(inputs.model)).projection_size
        rehearse(config, dimension=dimension, blocks=blocks)
    job, found = with_room(job, lambda one: collect_vectors(one, previous=previous, blocks=inputs.blocks))
    require_sound(found.block_ids, found.vectors, str(inputs.model), previous=previous, reused=found.reused)
    return {
        "blocks": len(found.block_ids),
        "reused": int(found.reused.sum()),
        "cached": found.cached,
        "embedded": found.embedded,
        "dtype": job.precision,
        **_publish(output, job, found, inputs=inputs, config=config),
    }


def run(
    config: IndexConfig, data: DataPaths, *, snapshot: str, name: str, model: str, previous: str | None
) -> dict[str, Any]:
    """Builds `data/index/<name>` from a snapshot and a model, and writes its metrics."""
    metrics = build_index(
        blocks=data.blocks(snapshot),
        model=data.model(model),
        tokenizer=data.model("tokenizer"),
        previous=data.index(previous) if previous else None,
        output=data.index(name),
        config=config,
        cache=data.cache("embed", "shared"),
    )
    write_json(data.metrics(f"index-{name}"), metrics)
    return metrics


def _open_inputs(blocks: Path, model: Path, tokenizer: Path) -> _Inputs:
    from realm.model import block_encoder_fingerprint

    corpus = read_manifest(blocks, kind="corpus")
    loaded = Tokenizer.load(tokenizer)
    _require_tokenizer(str(blocks), corpus, tokenizer, loaded)
    if (model / "manifest.json").exists():  # a snapshot of the weights in training has none yet
        _require_tokenizer(str(model), verified_manifest(model, kind="model"), tokenizer, loaded)
    return _Inputs(
        blocks=blocks, corpus=corpus, model=model, tokenizer=loaded, encoder=block_encoder_fingerprint(model)
    )


def _require_tokenizer(name: str, manifest: Manifest, tokenizer: Path, loaded: Tokenizer) -> None:
    require_same(
        "tokenizer",
        left=name,
        left_value=manifest.made_from.get("tokenizer", UNNAMED),
        right=str(tokenizer),
        right_value=loaded.fingerprint,
    )


def _block_table(inputs: _Inputs, config: IndexConfig, cache: Path) -> Path:
    from index.block_table import cached_table

    return cached_table(
        inputs.blocks,
        inputs.corpus,
        cache / "tables",
        bucket_blocks=config.bucket_blocks,
        sources=config.sources,
    )


def _embedding_job(inputs: _Inputs, table: Path, config: IndexConfig, cache: Path) -> "EmbeddingJob":
    import torch

    from index.embed import EmbeddingJob

    return EmbeddingJob(
        model=inputs.model.absolute(),
        table=table.absolute(),
        vectors=(cache / "vectors").absolute(),
        specials=inputs.tokenizer.specials,
        encoder=inputs.encoder,
        precision=resolve_precision(config.embed.dtype, torch.device("cuda" if config.embed.gpus_per_actor else "cpu")),
        config=config.embed,
    )


def _publish(
    output: Path, job: "EmbeddingJob", found: "Collected", *, inputs: _Inputs, config: IndexConfig
) -> dict[str, Any]:
    """Writes the version, holds it against the gate as it lies there, and publishes it; returns what was measured."""
    from index.block_table import require_undamaged
    from index.embed import probing_embedder
    from index.faiss_index import build_faiss, open_faiss
    from index.gate import measure, require_findable
    from index.vectors import write_vectors
    from index.version import BLOCKS_FILE, INDEX_FILE, VECTORS_FILE

    vectors = found.vectors
    with publish_directory(output) as beside:
        shutil.copyfile(job.table, beside / BLOCKS_FILE)
        write_vectors(beside / VECTORS_FILE, found.block_ids, vectors)
        build_faiss(vectors, config, beside / INDEX_FILE)
        index = open_faiss(beside / INDEX_FILE)
        measured = measure(index, vectors, config.gate)
        require_findable(index, vectors, probing_embedder(job).vectors, config.gate, blocks=str(inputs.blocks))
        manifest = _stamp(beside, job, inputs=inputs, config=config, shape=vectors.shape, gate=measured.facts)
        sizes = {path.name: path.stat().st_size for path in beside.iterdir()}
        require_undamaged(job.table, manifest.files[BLOCKS_FILE])
    return {
        "vectors": manifest.files[VECTORS_FILE],
        "recall": measured.facts["recall"],
        "queries_per_second": measured.queries_per_second,
        "bytes": sum(sizes.values()),
        "bytes_per_block": round(sizes[INDEX_FILE] / len(vectors), 1),
        "peak_bytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


def _stamp(
    beside: Path,
    job: "EmbeddingJob",
    *,
    inputs: _Inputs,
    config: IndexConfig,
    shape: tuple[int, ...],
    gate: dict[str, Any],
) -> Manifest:
    """Writes the manifest; no clock and no path stands in it, so that equal inputs give equal bytes."""
    from index.version import INDEX_KIND

    facts = {
        "blocks": shape[0],
        "dimension": shape[1],
        "metric": "inner_product",
        "sources": list(config.sources),
        "factory": config.factory,
        "dtype": job.precision,
        "batch_size": job.config.batch_size,
        "embedding": job.embedding,
        "gate": gate,
    }
    made_from = {
        "corpus": inputs.corpus.fingerprint,
        "tokenizer": inputs.tokenizer.fingerprint,
        "block_encoder": inputs.encoder,
    }
    return write_manifest(beside, kind=INDEX_KIND, made_from=made_from, facts=facts)


def _version_name(asked: str | None, *, snapshot: str, known: Collection[str]) -> str:
    """The name of a version, which is a directory's below data/index and tells what it knows.

    Raises:
        UserError: a version of that name would lie elsewhere, be hidden, or pass for one of another snapshot.
    """
    if asked is None:
        return snapshot
    if not _NAME.fullmatch(asked) or asked == parameters.NO_SNAPSHOT:
        raise UserError(
            f"--name '{asked}' cannot be the name of an index version: that begins with a letter, a digit or _, may go "
            f"on with + - . too, has {_LONGEST} characters at most, and is not '{parameters.NO_SNAPSHOT}'. Choose "
            "another name."
        )
    if asked in known and asked != snapshot:
        raise UserError(
            f"--name '{asked}' is a snapshot's, and a version of {snapshot} would take the place of its index. Choose "
            f"another name, or index that snapshot with --snapshot {asked}."
        )
    return asked


def main() -> None:
    """Command line."""
    parser = stage_parser(__doc__)
    parser.add_argument("--snapshot", required=True, help="whose blocks to index")
    parser.add_argument("--name", help="of the version (default: the snapshot)")
    parser.add_argument("--model", default="realm", help="below data/models; its block encoder embeds (default: realm)")
    arguments = parser.parse_args()
    params, data = open_stage(arguments)
    known = parameters.snapshots(params)
    if arguments.snapshot not in known:
        raise UserError(
            f"{params.path} lists no snapshot '{arguments.snapshot}', only {', '.join(known)}. Add it there."
        )
    name = _version_name(arguments.name, snapshot=arguments.snapshot, known=known)
    before = known[arguments.snapshot].previous
    previous = before if name == arguments.snapshot and before != parameters.NO_SNAPSHOT else None
    config = params.section("index", IndexConfig)
    metrics = run(config, data, snapshot=arguments.snapshot, name=name, model=arguments.model, previous=previous)
    print(
        f"index {name}: {metrics['blocks']:,} blocks, {metrics['embedded']:,} embedded now, "
        f"{metrics['reused']:,} taken from {previous or 'no other version'}, {metrics['seconds']} s"
    )


if __name__ == "__main__":
    main_guard(main)
