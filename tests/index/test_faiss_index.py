"""Factories of every kind: what is trained in them, and that a rehearsal refuses no more than FAISS does."""

import dataclasses
from typing import Any

import faiss
import pytest

from index.faiss_index import empty_index
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
