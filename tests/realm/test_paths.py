"""Names below the data root, and which files of a corpus hold whose blocks."""

from pathlib import Path

import pytest

from realm.errors import UserError
from realm.paths import parts_of_sources, source_of

PARTS = ["ccnews-00000.parquet", "wikipedia-00000.parquet", "wikipedia-00001.parquet"]


def test_a_block_file_says_whose_blocks_it_holds() -> None:
    assert source_of("wikipedia-00012.parquet") == "wikipedia"


def test_all_files_are_kept_if_no_source_is_named_and_else_only_theirs() -> None:
    assert parts_of_sources(PARTS, (), corpus=Path("blocks"), key="ict.sources") == PARTS
    assert parts_of_sources(PARTS, ("wikipedia", "kelm"), corpus=Path("blocks"), key="ict.sources") == PARTS[1:]


def test_a_source_that_the_corpus_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(UserError, match=r"no blocks of kelm, only of ccnews, wikipedia\. Change index\.sources"):
        parts_of_sources(PARTS, ("kelm",), corpus=Path("blocks"), key="index.sources")
