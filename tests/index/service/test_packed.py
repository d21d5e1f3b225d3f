"""Questions and answers survive the way between processes bit by bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.filters import NO_FILTER, BlockFilter
from index.search import SearchResult
from index.service.packed import Question, packed_answer, unpacked_answer

NAMES = st.lists(st.text(max_size=8), max_size=3).map(tuple)
DATES = st.none() | st.text(max_size=10)
FILTERS = st.builds(BlockFilter, since=DATES, until=DATES, sources=NAMES, outlets=NAMES)


@given(
    version=st.text(max_size=40),
    shape=st.tuples(st.integers(0, 5), st.integers(1, 9)),
    k=st.integers(1, 99),
    only=FILTERS | st.just(NO_FILTER),
)
def test_a_question_comes_out_as_it_went_in(version: str, shape: tuple[int, int], k: int, only: BlockFilter) -> None:
    queries = np.random.default_rng(k).standard_normal(shape, dtype=np.float32)
    found = Question.unpacked(Question(version, queries, k, only).packed())
    assert (found.version, found.k, found.only) == (version, k, only)
    assert found.queries.shape == shape
    assert found.queries.tobytes() == queries.tobytes()
    assert found.queries.flags.aligned


@given(queries=st.integers(0, 4), k=st.integers(1, 6))
def test_an_answer_comes_out_as_it_went_in(queries: int, k: int) -> None:
    rows = np.random.default_rng(k).integers(-1, 1 << 40, (queries, k))
    scores = np.random.default_rng(k).standard_normal((queries, k), dtype=np.float32)
    found = unpacked_answer(packed_answer(SearchResult(rows=rows, scores=scores)), k)
    assert found.rows.tolist() == rows.tolist()
    assert found.scores.tobytes() == scores.tobytes()
