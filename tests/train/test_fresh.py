"""A retriever from nothing tells texts apart by their rare words."""

import numpy as np
import torch

from realm.inputs import block_input, query_input
from realm.model import RealmConfig
from tests.tiny import SPECIALS, tiny_config
from tests.train.test_masking import example
from train.batching import embed_by_length
from train.examples import Example
from train.fresh import fresh_embedder, word_rarity

VOCABULARY = 200
COMMON = range(10, 20)


def blocks() -> list[Example]:
    """Sixteen blocks of common words, each with a rare word of its own (100, 101, …) twice among them."""
    generator = np.random.default_rng(1)
    found = []
    for number in range(16):
        one = example(size=32, sentences=[[0, 16], [16, 32]], spans=[])
        one.body_ids[:] = generator.choice(list(COMMON), size=32)
        one.body_ids[[4, 20]] = 100 + number
        found.append(one)
    return found


def config(hidden: int = 64) -> RealmConfig:
    return tiny_config(dropout=False, vocab_size=VOCABULARY, hidden_size=hidden, projection_size=64)


def test_a_word_of_nearly_every_block_has_next_to_no_rarity_and_one_of_no_block_all_of_it() -> None:
    rarity = word_rarity(blocks(), VOCABULARY, SPECIALS)  # type: ignore[arg-type]  # a list is enough
    assert rarity[11] < 0.01
    assert rarity[150] == 1
    assert 0 < rarity[100] < 1
    assert rarity[SPECIALS.cls] == 0


def test_untrained_it_finds_the_block_that_shares_a_rare_word_with_the_query() -> None:
    torch.manual_seed(3)
    found = blocks()
    embedder = fresh_embedder(config(), found, SPECIALS)  # type: ignore[arg-type]
    queries = [query_input([11, 100 + number, 12, 13], SPECIALS, max_length=64) for number in range(16)]
    inputs = [block_input(one.title_ids.tolist(), one.body_ids.tolist(), SPECIALS) for one in found]
    with torch.no_grad():
        scores = embed_by_length(embedder, queries, pad_id=0) @ embed_by_length(embedder, inputs, pad_id=0).T
    right = (scores.argmax(dim=1) == torch.arange(16)).float().mean()
    assert right > 0.8
