"""A FAISS index made from a factory string, and opened where it lies."""

import dataclasses
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.clusterings import (
    enough_points,
    require_lists,
    require_points,
    say_if_few,
    shorten_training,
    silent_training,
)
from index.config import IndexConfig
from index.gate import evenly_spread
from index.gpus import clustering_on_gpus
from index.parts import all_parts, require_parts, write_filled
from index.search import search
from realm.errors import UserError, printed_sentence

_REHEARSED = 256
_LONGEST_REHEARSAL_S = 20.0
# Nothing to catch: FAISS 1.15 aborts at graphs with fewer than two links and at codes of nothing, divides by no lists
# and by batches of nothing, and builds an NSG graph for ever.
_ENDLESS = re.compile(r"NSG|HNSW[01](?!\d)|(?:IVF|Q|x|_)0+(?!\d)")
# Of these, all that ends the process is told above; who knows of the others.
_HARMLESS = re.compile(r"(?:IVF\d+[kM]?,)?(?:Flat|SQ(?:4|6|8|fp16|bf16)|PQ\d+(?:x\d+)?(?:np)?)")
_CHECKOUT = Path(__file__).resolve().parents[1]


def empty_index(config: IndexConfig, *, dimension: int, blocks: int) -> Any:
    """An inner-product index as the factory string says, neither trained nor filled.

    Raises:
        UserError: FAISS refuses the factory string, it has more clusters than there are blocks to train with, or more
            blocks shall be held in memory than `shard_blocks`.
    """
    import faiss

    points = min(blocks, config.train_blocks)
    require_lists(config, points)
    with _told(config, dimension=dimension, blocks=blocks):
        if _ENDLESS.search(config.factory):
            raise RuntimeError("it ends the process, or comes to no end")
        index: Any = faiss.index_factory(dimension, config.factory, faiss.METRIC_INNER_PRODUCT)
    require_points(index, points, config)
    require_parts(index, blocks, config)
    for part in all_parts(index):
        if hasattr(part, "do_polysemous_training"):  # a minute of training for a way of search that nobody uses here
            part.do_polysemous_training = False
    inverted: Any = faiss.try_extract_index_ivf(index)
    if inverted is not None:
        inverted.nprobe = min(config.probes, inverted.nlist)
    return index


def rehearse(config: IndexConfig, *, dimension: int, blocks: int) -> None:
    """Builds, opens and searches an index of few random vectors, as some factories fail only then.

    Some end the process: those that may are tried in another one, and for a while only, as one round of training may
    take minutes. Where that does not suffice it is said, and the factory is not refused.

    Raises:
        UserError: see `build_faiss`; or the factory ends the process.
    """
    if _HARMLESS.fullmatch(config.factory):
        rehearse_here(config, dimension=dimension, blocks=blocks)
        return
    try:
        done = _rehearsed_apart({"config": dataclasses.asdict(config), "dimension": dimension, "blocks": blocks})
    except subprocess.TimeoutExpired:
        print(
            f"index: the trial of index.factory '{config.factory}' is broken off after {_LONGEST_REHEARSAL_S:.0f} s: "
            "training it takes long, and whether FAISS can build it shows when all blocks are embedded",
            flush=True,
        )
        return
    if done.returncode < 0:
        with _told(config, dimension=dimension, blocks=blocks):
            raise RuntimeError(f"it ends the process with {signal.Signals(-done.returncode).name}")
    if done.returncode:
        sentence = printed_sentence(done.stderr)
        if sentence is None:
            raise RuntimeError(f"The rehearsal of index.factory '{config.factory}' broke off:\n{done.stderr}")
        raise UserError(sentence)


def rehearse_here(config: IndexConfig, *, dimension: int, blocks: int) -> None:
    """The rehearsal itself; see `rehearse`."""
    index = empty_index(config, dimension=dimension, blocks=blocks)
    # With as many as clusters, k-means only copies.
    points = min(blocks, config.train_blocks, max(_REHEARSED, enough_points(index)))
    vectors = np.random.default_rng(0).standard_normal((points, dimension), dtype=np.float32)
    with tempfile.TemporaryDirectory() as scratch, _told(config, dimension=dimension, blocks=blocks):
        path = Path(scratch) / "index.faiss"
        shorten_training(index)
        _build(index, vectors, vectors[:_REHEARSED], config, path)
        search(open_faiss(path), vectors, vectors[:1], 1)


def _rehearsed_apart(asked: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    watched, held = os.pipe()  # closed with this process, however it ends; then the other one ends too
    try:
        return subprocess.run(
            [sys.executable, "-m", "index.rehearsal", json.dumps(asked)],
            cwd=_CHECKOUT,
            stdin=watched,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=_LONGEST_REHEARSAL_S,
        )
    finally:
        os.close(watched)
        os.close(held)


def build_faiss(vectors: np.ndarray, config: IndexConfig, path: Path) -> None:
    """Writes an index of all vectors to `path`, trained first where the factory needs it; row i is vector i.

    The number of probes is kept in the file.

    Raises:
        UserError: see `empty_index`; or FAISS does not train or fill it, or memory is too small for that.
        OSError: the disk is full, or the like.
    """
    index = empty_index(config, dimension=vectors.shape[1], blocks=len(vectors))
    sample = vectors[evenly_spread(len(vectors), config.train_blocks)] if not index.is_trained else vectors[:0]
    say_if_few(index, len(sample), config)
    with _told(config, dimension=vectors.shape[1], blocks=len(vectors)):
        _build(index, sample, vectors, config, path)


def _build(index: Any, sample: np.ndarray, vectors: np.ndarray, config: IndexConfig, path: Path) -> None:
    if not index.is_trained:
        with clustering_on_gpus(index), silent_training(index):
            index.train(np.ascontiguousarray(sample))
    write_filled(index, vectors, path, rows=config.shard_blocks)


def open_faiss(path: Path) -> Any:
    """The index in a file, memory-mapped as far as its factory allows.

    Raises:
        RuntimeError: it is none.
    """
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


@contextmanager
def _told(config: IndexConfig, *, dimension: int, blocks: int) -> Iterator[None]:
    """What FAISS raises about a factory as one sentence."""
    try:
        yield
    except (RuntimeError, MemoryError, ValueError) as error:
        reason = (
            "there is no memory for it" if isinstance(error, MemoryError) else str(error).rsplit(": ", 1)[-1].strip()
        )
        raise UserError(
            f"FAISS refuses index.factory '{config.factory}' for {blocks:,} vectors of {dimension} numbers ({reason}). "
            "Choose another factory string; `Flat` always works."
        ) from error
