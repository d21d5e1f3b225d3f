"""What cannot be asked of the service is a sentence before anything is sent; lists of numbers are queries too."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from index.filters import NO_FILTER, BlockFilter
from index.service.question import query_vectors, require_askable
from realm.errors import UserError


@pytest.mark.parametrize(
    ("k", "only", "message"),
    [
        (-1, NO_FILTER, "k is -1; ask for at least 1"),
        (0, NO_FILTER, "k is 0"),
        (2.5, NO_FILTER, r"k is 2\.5; .* whole number"),
        (True, NO_FILTER, "k is True"),
        (1, None, "The filter is None; give a BlockFilter"),
        (1, BlockFilter(sources=["wikipedia"]), r"sources of the filter is \['wikipedia'\]; give a tuple of names"),  # type: ignore[arg-type]
        (1, BlockFilter(outlets="bbc.com"), "outlets of the filter is 'bbc.com'; give a tuple"),  # type: ignore[arg-type]
        (1, BlockFilter(until=date(2020, 1, 1)), r"until of the filter .* give a date as text"),  # type: ignore[arg-type]
    ],
)
def test_what_no_search_understands_is_named(k: Any, only: Any, message: str) -> None:
    with pytest.raises(UserError, match=message):
        require_askable(k, only)


def test_what_is_asked_well_passes() -> None:
    require_askable(1, NO_FILTER)
    require_askable(np.int64(5), BlockFilter(since="2019-01-01", sources=("wikipedia",)))
    assert query_vectors([[1, 2], [3, 4]]).tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert query_vectors(np.ones((2, 3))).dtype == np.float32


@pytest.mark.parametrize("queries", [[[1.0], [1.0, 2.0]], "river", [["a"]]])
def test_queries_that_are_no_numbers_are_told_to_be_none(queries: Any) -> None:
    with pytest.raises(UserError, match="The queries are no array of numbers"):
        query_vectors(queries)


@pytest.mark.parametrize("shape", [(16,), (2, 3, 16), (2, 0)])
def test_queries_that_are_no_rows_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(UserError, match=r"Queries of shape \(.*\) are no `\[queries, dimension\]`"):
        query_vectors(np.zeros(shape))
