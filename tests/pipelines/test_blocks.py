from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.blocks import BlockConfig, Packer, Packing
from pipelines.sentences import prose_sentences
from pipelines.tagger import load_tagger
from realm.schema import Article, Heading, Span, block_id
from realm.tokenizer import Tokenizer
from tests.pipelines.dumps import BLOCKS, write_tokenizer


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return Tokenizer.load(write_tokenizer(tmp_path_factory.mktemp("tokenizer") / "tokenizer"))


def article_of(text: str, *, title: str = "Avern", headings: tuple[Heading, ...] = ()) -> Article:
    return Article("text", "1", "", "", "en", "", title, (), "", text, headings)


def pack(article: Article, tokenizer: Tokenizer, config: BlockConfig = BLOCKS) -> Packing:
    sentences = prose_sentences(article)
    tagger = load_tagger("rules")
    assert tagger is not None
    spans = tagger.spans(article.text, sentences)
    return Packer(tokenizer, config).pack(article, sentences=sentences, spans=spans)


WORDS = st.sampled_from(
    ["Avern", "town", "river", "the", "of", "1234", "May", "naïve", "東京", "。", "👩‍🚀", "a\u0301", "\u200b", "x" * 70,
     "\u0301", "Margaret", "Holt", "(", ")", ",", "don't", "U.S.", "3", "\u00a0", "\u0007", "؟", "[SEP]"]
)  # fmt: skip
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(words) + ".")
GLUED = st.lists(WORDS, min_size=1, max_size=12).map("".join)
LINES = st.lists(st.one_of(SENTENCES, GLUED, st.text(max_size=40)), min_size=1, max_size=5).map(" ".join)
ARTICLES = st.lists(LINES, min_size=1, max_size=8).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(text=ARTICLES, heading=st.integers(0, 7))
def test_blocks_are_exact_slices_with_their_own_wordpieces(tokenizer: Tokenizer, text: str, heading: int) -> None:
    lines = text.split("\n")
    headings: tuple[Heading, ...] = ()
    if heading < len(lines):
        start = sum(len(line) + 1 for line in lines[:heading])
        headings = (Heading(start, start + len(lines[heading]), 2),)
    article = article_of(text, headings=headings)
    packing = pack(article, tokenizer)
    place = 0
    for ordinal, block in enumerate(packing.blocks):
        assert block.ordinal == ordinal
        assert block.char_start >= place
        place = block.char_end
        assert block.body == text[block.char_start : block.char_end] != ""
        assert list(block.body_ids) == tokenizer.encode(block.body).ids != []
        assert 3 + len(block.title_ids) + len(block.body_ids) <= BLOCKS.max_tokens
        assert block.block_id == block_id(source="text", title="Avern", body=block.body)
        assert (block.sentences[0].start, block.sentences[-1].end) == (0, len(block.body))
        assert all(a.end <= b.start for a, b in pairwise(block.sentences))
        assert all(a.end <= b.start for a, b in pairwise(block.spans))
        for span in block.spans:
            assert any(one.start <= span.start < span.end <= one.end for one in block.sentences)
        for one in headings:
            assert not one.start <= block.char_start < one.end
            assert not one.start < block.char_end <= one.end
            for sentence in block.sentences:
                start, end = block.char_start + sentence.start, block.char_start + sentence.end
                assert end <= one.start or one.end <= start
    if not packing.truncated:
        prose = list(prose_sentences(article))
        covered = [
            any(block.char_start <= one.start and one.end <= block.char_end for block in packing.blocks)
            for one in prose
        ]
        assert covered.count(False) <= packing.without_words


def test_sentences_are_packed_until_the_next_does_not_fit(tokenizer: Tokenizer) -> None:
    text = " ".join(f"Margaret Holt founded the town on the river in {1000 + n}." for n in range(12))
    blocks = pack(article_of(text), tokenizer).blocks
    budget = BLOCKS.max_tokens - 3 - len(blocks[0].title_ids)
    assert len(blocks) > 2
    for block, following in pairwise(blocks):
        first = following.sentences[0]
        more = tokenizer.encode(following.body[first.start : first.end]).ids
        assert len(block.body_ids) + len(more) > budget


def test_one_over_long_sentence_is_a_truncated_block_of_its_own(tokenizer: Tokenizer) -> None:
    long = "The town " + "has a river and a bridge and " * 20 + "a mill."
    packing = pack(article_of(f"It is old. {long} It burnt down."), tokenizer)
    assert packing.truncated == 1
    bodies = [block.body for block in packing.blocks]
    assert (bodies[0], bodies[2]) == ("It is old.", "It burnt down.")
    assert long.startswith(bodies[1])
    assert len(packing.blocks[1].body_ids) + len(packing.blocks[1].title_ids) + 3 == BLOCKS.max_tokens


def test_an_over_long_title_is_truncated_in_its_wordpieces_only(tokenizer: Tokenizer) -> None:
    title = "The town of the river " * 9
    (block,) = pack(article_of("It is old.", title=title), tokenizer).blocks
    assert len(block.title_ids) == BLOCKS.max_title_tokens
    assert block.title == title


def test_a_span_that_lies_behind_the_truncation_is_lost_with_its_text(tokenizer: Tokenizer) -> None:
    text = "the town " * 60 + "of Margaret Holt."
    article = article_of(text)
    spans = (Span(0, 3, "ENTITY"), Span(text.index("Margaret"), len(text) - 1, "ENTITY"))
    packing = Packer(tokenizer, BLOCKS).pack(article, sentences=prose_sentences(article), spans=spans)
    assert [block.spans for block in packing.blocks] == [(Span(0, 3, "ENTITY"),)]


def test_the_paper_s_size_is_kept_with_a_real_title(tokenizer: Tokenizer) -> None:
    config = BlockConfig(max_tokens=288, max_title_tokens=64)
    text = " ".join(f"Margaret Holt founded the town on the river in {1000 + n}." for n in range(200))
    lengths = [3 + len(b.title_ids) + len(b.body_ids) for b in pack(article_of(text), tokenizer, config).blocks]
    assert max(lengths) <= 288
    assert min(lengths[:-1]) > 250
