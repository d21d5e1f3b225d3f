"""Factories of every kind: what is trained in them, and that a rehearsal refuses no more than FAISS does."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

import index.faiss_index
from index.clusterings import shorten_training
from index.faiss_index import build_faiss, empty_index, open_faiss, rehearse, rehearse_here
from realm.errors import UserError
from tests.index.world import CONFIG


@pytest.mark.parametrize(
    ("factory", "way"),
    [
        ("PQ2x4", ()),
        ("PQ2x4,RFlat", ("base_index",)),
        ("SQ8,Refine(PQ2x4)", ("refine_index",)),
        ("HNSW4_PQ2x4", ("storage",)),
        ("IVF4(PQ2x4),Flat", ("quantizer",)),
        ("PCA4,IVF4,PQ2x4,RFlat", ("base_index", "index")),
    ],
)
def test_no_part_of_an_index_trains_what_no_search_here_uses(factory: str, way: tuple[str, ...]) -> None:
    index: Any = empty_index(dataclasses.replace(CONFIG, factory=factory), dimension=8, blocks=100)
    part: Any = faiss.downcast_index(index)
    for name in way:
        part = faiss.downcast_index(getattr(part, name))
    assert part.do_polysemous_training is False


@pytest.mark.parametrize(
    ("factory", "dimension"),
    [
        ("IVF4,Flat,Refine(PQ1x9)", 4),
        ("PQ2x4,Refine(PQ1x9)", 4),
        ("PRQ2x1x9", 4),
        ("PCA260,Flat", 264),
        ("PCAW264,SQ8", 264),
    ],
)
def test_a_factory_that_learns_from_all_blocks_is_not_refused_because_few_vectors_are_rehearsed(
    tmp_path: Path, factory: str, dimension: int
) -> None:
    blocks = 600
    config = dataclasses.replace(CONFIG, factory=factory)
    rehearse_here(config, dimension=dimension, blocks=blocks)
    vectors = np.random.default_rng(4).standard_normal((blocks, dimension), dtype=np.float32)
    build_faiss(vectors, config, tmp_path / "index.faiss")
    assert open_faiss(tmp_path / "index.faiss").ntotal == blocks


@pytest.mark.parametrize("factory", ["SQ8,Refine(PQ1x9)", "PRQ2x1x9"])
def test_clusters_of_what_is_refined_and_of_slices_are_counted_too(factory: str) -> None:
    config = dataclasses.replace(CONFIG, factory=factory)
    with pytest.raises(UserError, match="has 512 clusters to learn, but 300 blocks to learn them from"):
        rehearse_here(config, dimension=4, blocks=300)


@pytest.mark.parametrize(
    ("factory", "reason"),
    [
        ("IVF4_HNSW01,Flat", "it ends the process with SIG"),  # a fault that only trying finds
        ("PQ2x4fs_0", "it ends the process, or comes to no end"),
        ("IVF4,PQ2x4fs_0", "it ends the process, or comes to no end"),
        ("RaBitQfs_0", "it ends the process, or comes to no end"),
    ],
)
def test_a_factory_that_ends_the_process_is_refused_by_a_sentence(factory: str, reason: str) -> None:
    config = dataclasses.replace(CONFIG, factory=factory)
    with pytest.raises(UserError, match=rf"FAISS refuses index\.factory '{factory}' for 300 vectors .*{reason}"):
        rehearse(config, dimension=8, blocks=300)


def test_a_factory_that_is_rehearsed_in_another_process_passes_if_faiss_takes_it() -> None:
    rehearse(dataclasses.replace(CONFIG, factory="PQ2x4fs,RFlat"), dimension=8, blocks=300)


@pytest.mark.parametrize(
    ("factory", "slices"),
    [("LSQ2x4", 0), ("PLSQ2x2x4", 2), ("IVF4,LSQ2x4", 0), ("IVF4,PLSQ2x2x4", 2), ("LSQ4x4fs,RFlat", 0)],
)
def test_a_trial_solves_for_the_codewords_of_a_local_search_quantizer_once(factory: str, slices: int) -> None:
    whole: Any = empty_index(dataclasses.replace(CONFIG, factory=factory), dimension=8, blocks=100)
    shorten_training(whole)
    part: Any = faiss.downcast_index(whole)
    part = faiss.downcast_index(part.base_index) if hasattr(part, "base_index") else part
    as_it_is: Any = faiss.downcast_AdditiveQuantizer  # type: ignore[attr-defined]
    quantizers = [as_it_is(part.plsq.subquantizer(number)) for number in range(slices)] if slices else [part.lsq]
    assert [(one.train_iters, one.train_ils_iters, one.encode_ils_iters) for one in quantizers] == [(1, 1, 1)] * max(
        1, slices
    )


def test_a_trial_that_takes_too_long_is_broken_off_which_refuses_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(index.faiss_index, "_LONGEST_REHEARSAL_S", 2.0)
    rehearse(dataclasses.replace(CONFIG, factory="LSQ8x10"), dimension=16, blocks=2_000)  # takes half a minute
    assert "the trial of index.factory 'LSQ8x10' is broken off after 2 s" in capsys.readouterr().out


def test_a_rehearsal_that_nobody_waits_for_any_more_ends() -> None:
    config = dataclasses.asdict(dataclasses.replace(CONFIG, factory="LSQ8x10"))  # takes half a minute
    asked = json.dumps({"config": config, "dimension": 16, "blocks": 2_000})
    with subprocess.Popen([sys.executable, "-m", "index.rehearsal", asked], stdin=subprocess.PIPE) as process:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=1.5)
            assert process.stdin is not None
            process.stdin.close()  # as the kernel does for a process that is gone
            assert process.wait(timeout=20) == 1
        finally:
            process.kill()
