"""Blocks as training examples: what is masked, read again as text."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from realm.manifest import write_manifest
from realm.schema import BLOCK_SCHEMA, Block, Span, TextRange, block_id
from realm.storage import publish_directory
from realm.tokenizer import Tokenizer, train_wordpiece
from train.examples import Examples, open_examples
from train.masking import MaskedQuery, mask_query

SENTENCES = (
    "Jose\u0301 Ibáñez met Zoë in İstanbul on 3 May 1999.",
    "他去了北京市。",
    "The 👩\u200d🚀 Straßenfest of the Müllers was\u200b loud.",
)
NAMES = ("Jose\u0301 Ibáñez", "Zoë", "İstanbul", "3 May 1999", "北京", "👩\u200d🚀 Straßenfest", "Müllers")
ODD = ("oë i", "\u200b", "İstan")  # cut a word, no wordpiece, cuts a word


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    output = tmp_path_factory.mktemp("tokenizer") / "tokenizer"
    train_wordpiece([" ".join(SENTENCES)] * 3, vocab_size=400, lowercase=True, output=output)
    return Tokenizer.load(output)


def opened(tokenizer: Tokenizer, folder: Path, spans: Sequence[str], *, kept: int | None = None) -> Examples:
    """The examples of a corpus of one block, of which `kept` wordpieces were kept."""
    body = " ".join(SENTENCES)
    places = [TextRange(body.index(one), body.index(one) + len(one)) for one in (*SENTENCES, *spans)]
    block = Block(
        block_id=block_id(source="text", title="A", body=body),
        source="text",
        doc_id="A",
        revision_id="",
        date="",
        lang="en",
        outlet="",
        title="A",
        aliases=(),
        url="",
        ordinal=0,
        body=body,
        char_start=0,
        char_end=len(body),
        title_ids=(),
        body_ids=tuple(tokenizer.encode(body).ids[:kept]),
        sentences=tuple(places[: len(SENTENCES)]),
        spans=tuple(Span(one.start, one.end, "ENTITY") for one in places[len(SENTENCES) :]),
    )
    with publish_directory(folder / "blocks") as beside:
        pq.write_table(pa.Table.from_pylist([asdict(block)], schema=BLOCK_SCHEMA), beside / "text-00000.parquet")
        write_manifest(beside, kind="corpus", made_from={"tokenizer": tokenizer.fingerprint}, facts={})
    return open_examples(folder / "blocks", tokenizer, folder / "cache", sources=(), key="pretrain.sources")


def masked(examples: Examples, tokenizer: Tokenizer) -> set[tuple[str, str]]:
    """All masked queries that may be drawn: what is masked, and the sentence around it."""
    found = set()
    for seed in range(100):
        query = mask_query(
            examples[0], np.random.default_rng(seed), mask_id=tokenizer.mask_id, max_query_length=96, masking="salient"
        )
        assert isinstance(query, MaskedQuery)
        around = [one for one in query.ids if one != tokenizer.mask_id]
        found.add((tokenizer.decode(query.targets), tokenizer.decode(around)))
    return found


def test_each_name_is_masked_to_the_character_in_its_sentence(tokenizer: Tokenizer, tmp_path: Path) -> None:
    examples = opened(tokenizer, tmp_path, NAMES)
    assert masked(examples, tokenizer) == {
        ("jose ibanez", "met zoe in istanbul on 3 may 1999."),
        ("zoe", "jose ibanez met in istanbul on 3 may 1999."),
        ("istanbul", "jose ibanez met zoe in on 3 may 1999."),
        ("3 may 1999", "jose ibanez met zoe in istanbul on."),
        ("北 京", "他 去 了 市 。"),
        ("👩🚀 straßenfest", "the of the mullers was loud."),
        ("mullers", "the 👩🚀 straßenfest of the was loud."),
    }
    assert examples.span_counts() == {
        "held": 7,
        "left out: holds no wordpiece": 0,
        "left out: cuts a wordpiece": 0,
        "left out: lies beyond the cut body": 0,
    }


def test_spans_that_are_not_whole_wordpieces_are_left_out_and_counted(tokenizer: Tokenizer, tmp_path: Path) -> None:
    examples = opened(tokenizer, tmp_path, [*NAMES, *ODD], kept=20)
    counts = examples.span_counts()
    assert counts["left out: cuts a wordpiece"] == 2
    assert counts["left out: holds no wordpiece"] == 1
    assert counts["left out: lies beyond the cut body"] > 0
    assert sum(counts.values()) == len(NAMES) + len(ODD)
    assert len(examples[0].spans) == counts["held"] > 0
    assert {what for what, _ in masked(examples, tokenizer)} <= {
        "jose ibanez",
        "zoe",
        "istanbul",
        "3 may 1999",
        "北 京",
    }
