"""What a search may be asked: checked before another process is asked, which could answer with a traceback only."""

from dataclasses import fields
from typing import Any

import numpy as np

from index.filters import BlockFilter
from realm.errors import UserError


def query_vectors(queries: Any) -> np.ndarray:
    """Queries as float32, as `index.search.search` takes them; lists of numbers too.

    Raises:
        UserError: they are no array of numbers, or not one row each.
    """
    try:
        vectors = np.ascontiguousarray(queries, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise UserError(
            f"The queries are no array of numbers ({error}). Give float32 `[queries, dimension]`, as the query encoder "
            "returns them."
        ) from error
    if vectors.ndim != 2 or not vectors.shape[1]:  # noqa: PLR2004
        raise UserError(f"Queries of shape {vectors.shape} are no `[queries, dimension]`. Give a row for each query.")
    return vectors


def require_askable(k: Any, only: Any) -> None:
    """Refuses a number of results or a filter that no search understands.

    Raises:
        UserError: naming what it is.
    """
    if isinstance(k, bool) or not isinstance(k, int | np.integer) or k < 1:
        raise UserError(f"k is {k!r}; ask for at least 1 block a query, as a whole number.")
    if not isinstance(only, BlockFilter):
        raise UserError(f"The filter is {only!r}; give a BlockFilter.")
    for one in fields(only):
        value = getattr(only, one.name)
        if one.name in {"sources", "outlets"}:
            sound, wanted = isinstance(value, tuple) and all(isinstance(name, str) for name in value), "tuple of names"
        else:
            sound, wanted = value is None or isinstance(value, str), "date as text, such as '2020-01-31',"
        if not sound:
            raise UserError(f"{one.name} of the filter is {value!r}; give a {wanted} or leave it out.")
