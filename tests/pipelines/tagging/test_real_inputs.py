"""The default tagger in another language, on the head of a real dump, with a fraction of its training."""

from dataclasses import replace
from pathlib import Path

from pipelines import train_tagger
from pipelines.sentences import split_sentences
from pipelines.sources.base import SourceConfig
from pipelines.tagger import load_tagger
from pipelines.tagging.network import NetworkConfig
from tests.pipelines import taggers
from tests.real_inputs import real_input

SOURCES = SourceConfig(
    items_per_dump=64, item_bytes_min=1_000_000, item_bytes_max=150_000_000, max_page_bytes=20_000_000
)


def test_it_learns_vietnamese_names_from_a_vietnamese_dump(tmp_path: Path) -> None:
    dump = real_input("wiki/viwiki-202305-truncated.xml.xz")
    (tmp_path / "raw" / "wikipedia").mkdir(parents=True)
    (tmp_path / "raw" / "wikipedia" / dump.name).symlink_to(dump)
    training = replace(taggers.TRAINING, words=40_000, batch_words=500, learning_rate=0.003)
    network = NetworkConfig(width=32, depth=2, hidden=32)
    config = taggers.settings(kind="wikilinks", train_characters=600_000, network=network, training=training)
    train_tagger.run(config, raw=tmp_path / "raw", sources=SOURCES, output=tmp_path / "tagger")
    tagger = load_tagger(tmp_path / "tagger")
    assert tagger is not None
    text = "Sau đó ông Nguyễn Văn Huyên rời Hà Nội và sống ở Pháp. Nhiều người trong số họ làm nghề nông ở đây."
    found = tagger.spans(text, split_sentences(text))
    assert [text[span.start : span.end] for span in found] == ["Nguyễn Văn Huyên", "Hà Nội", "Pháp"]
