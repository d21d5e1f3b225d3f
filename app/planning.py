"""`realm plan`: memory, disk and time for a snapshot, from counts, dimensions and what the last run measured.

What is counted is called counted, what is estimated says from what, and what was never measured is left open.
"""

from pathlib import Path
from typing import Any

from app.shapes import CORPUS, ENCODER, METRICS, TOKENIZER
from app.workspace import UNREAD, Workspace, problem_of
from realm.errors import UserError
from realm.manifest import MANIFEST_NAME, read_manifest
from realm.metrics import read_metrics, require_shape
from realm.storage import directory_files

_FLOAT_BYTES = 4
_ADAM_COPIES = 4  # weights, gradients and two moments
_ROW_BYTES = 120  # of blocks.arrow besides wordpieces: ids, dates, title, part name
_CHARACTERS_PER_WORDPIECE = 4.5  # of English text with BERT's vocabulary


def plan(workspace: Workspace, snapshot: str | None) -> dict[str, Any]:
    """What it takes to bring one snapshot from dump to index.

    Raises:
        UserError: there is no such snapshot, or neither raw inputs nor a corpus of it.
    """
    name = snapshot or workspace.snapshot(None)
    if name not in workspace.snapshots():
        raise UserError(f"{workspace.params_path} lists no snapshot '{name}', only {', '.join(workspace.snapshots())}.")
    corpus = _corpus(workspace, name)
    blocks, wordpieces = corpus["blocks"], corpus["wordpieces"]
    shape, dimension = _shape(workspace)
    vectors = blocks * dimension * _FLOAT_BYTES
    table = 2 * wordpieces + _ROW_BYTES * blocks
    parameters = _parameters(shape, vocabulary=_vocabulary(workspace))
    return {
        "snapshot": name,
        "corpus": corpus,
        "index": {
            "dimension": dimension,
            "vectors_bytes": vectors,
            "index_bytes": vectors,
            "blocks_bytes": table,
            "factory": workspace.params().values["index"]["factory"],
        },
        "disk_bytes": {
            "raw": corpus["raw_bytes"],
            "blocks": corpus["parquet_bytes"],
            "index": 2 * vectors + table,
            "cache": vectors + table + corpus["parquet_bytes"],
        },
        "memory_bytes": {
            "search": vectors,
            "model_parameters": parameters,
            "training_state": 2 * parameters * _FLOAT_BYTES * _ADAM_COPIES,
        },
        "seconds": _seconds(workspace, blocks),
    }


def _corpus(workspace: Workspace, name: str) -> dict[str, Any]:
    """Counts of a built corpus; otherwise an estimate from another snapshot, or from one work item of the dump."""
    raw, directory = workspace.paths.raw(name), workspace.paths.blocks(name)
    raw_bytes = _size(raw)
    if (directory / "manifest.json").is_file():
        return {"basis": "counted", "raw_bytes": raw_bytes, **_counts(directory)}
    if not raw_bytes:
        raise UserError(f"There is neither a corpus at {directory} nor a dump at {raw}. Put the dump there, then plan.")
    for other in workspace.built("blocks"):
        other_raw = _size(workspace.paths.raw(other))
        if other_raw:
            factor = raw_bytes / other_raw
            scaled = {key: int(value * factor) for key, value in _counts(workspace.paths.blocks(other)).items()}
            return {
                "basis": f"estimated from snapshot {other} and the size of the dump",
                "raw_bytes": raw_bytes,
                **scaled,
            }
    return {"raw_bytes": raw_bytes, **_sampled(workspace, raw)}


def _counts(directory: Path) -> dict[str, int]:
    return {**_facts(directory, "corpus", CORPUS), "parquet_bytes": _size(directory)}


def _facts(directory: Path, kind: str, counts: dict[str, Any]) -> dict[str, int]:
    """What the manifest of an artefact counts."""
    facts = read_manifest(directory, kind=kind).facts
    require_shape(facts, counts, where=str(directory / MANIFEST_NAME))
    return {key: facts[key] for key in counts}


def _sampled(workspace: Workspace, raw: Path) -> dict[str, Any]:
    """Reads the middle work item of the dump and scales up by bytes."""
    from pipelines.corpus.job import CorpusConfig
    from pipelines.snapshot import snapshot_items
    from pipelines.sources import get_source
    from pipelines.sources.base import SourceConfig
    from realm.schema import Article

    params = workspace.params()
    sources = params.section("sources", SourceConfig)
    items = snapshot_items(raw, sources)
    item = items[len(items) // 2]
    lengths = [len(one.text) for one in get_source(item.source).read(item, sources) if isinstance(one, Article)]
    factor = sum(one.end - one.start for one in items) / (item.end - item.start)
    wordpieces = int(sum(lengths) * factor / _CHARACTERS_PER_WORDPIECE)
    per_block = params.section("corpus", CorpusConfig).max_block_tokens * 0.8
    return {
        "basis": f"estimated from one of {len(items)} work items",
        "articles": int(len(lengths) * factor),
        "blocks": int(wordpieces / per_block),
        "wordpieces": wordpieces,
        "parquet_bytes": int(sum(lengths) * factor * 2),
    }


def _shape(workspace: Workspace) -> tuple[dict[str, int], int]:
    """BERT's sizes and the dimension of vectors: from the model if it is there, otherwise from the parameter file."""
    config = workspace.paths.model("bert") / "encoder" / "config.json"
    if config.is_file():
        found = read_metrics(config, ENCODER)
        keys = ("hidden_size", "intermediate_size")
        return {"layers": found["num_hidden_layers"], **{key: found[key] for key in keys}}, found["projection_size"]
    section = workspace.params().values["bert"]
    return dict(section["shape"]), int(section["realm"]["projection_size"])


def _vocabulary(workspace: Workspace) -> int:
    directory = workspace.paths.model("tokenizer")
    if (directory / "manifest.json").is_file():
        return _facts(directory, "tokenizer", TOKENIZER)["vocab_size"]
    return int(workspace.params().values["tokenizer"]["vocab_size"])


def _parameters(shape: dict[str, int], *, vocabulary: int) -> int:
    """Parameters of one BERT: embeddings of wordpieces and 512 positions, attention and feed-forward layers."""
    hidden, inner = shape["hidden_size"], shape["intermediate_size"]
    return (vocabulary + 512) * hidden + shape["layers"] * (4 * hidden * hidden + 2 * hidden * inner)


def _seconds(workspace: Workspace, blocks: int) -> dict[str, Any]:
    """Time to embed and index all blocks at the best rate measured, or None where none was.

    Measurements that cannot be read are `skipped`, with the reason.
    """
    rates, skipped = [], []
    for path in sorted((workspace.paths.root / "metrics").glob("index-*.json")):
        try:
            metrics = read_metrics(path, METRICS["index"])
        except UNREAD as error:
            skipped.append(problem_of(error))
            continue
        if metrics["embedded"] >= 1 and metrics["seconds"] > 0:
            rates.append((metrics["embedded"] / metrics["seconds"], path.stem.removeprefix("index-")))
    if not rates:
        basis = "not measured yet: run the index stage once"
        return {"index": None, "blocks_per_second": None, "basis": basis, "skipped": skipped}
    rate, source = max(rates)
    return {
        "index": round(blocks / rate, 1),
        "blocks_per_second": round(rate, 1),
        "basis": f"all blocks embedded at the rate of index {source}; an update embeds only what changed",
        "skipped": skipped,
    }


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in directory_files(directory)) if directory.is_dir() else 0
