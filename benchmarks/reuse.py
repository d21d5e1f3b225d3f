"""A second snapshot in which 5 % of the articles changed: its cleaning and tagging beside the first's.

What is timed is the making of work items on one core, with nothing cached: cleaning, sentences, wordpieces, tagging,
and writing the rows, or taking them from the earlier corpus. Reading the dump (decompression, XML) is the same in
both and is shown apart. What is the same for both too, the second pass over all items, is not timed.

python -m benchmarks.reuse --tagger rules --megabytes 20
"""

import argparse
import bz2
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.real_inputs import real_input
from benchmarks.repeated_dump import write_repeated
from benchmarks.stage import HEAD, VOCABULARY
from benchmarks.timing import Row, print_table
from pipelines.corpus.items import ItemMaker
from pipelines.corpus.job import LOCAL_RUNNER, CorpusConfig, Job, pipeline_fingerprint
from pipelines.corpus.previous import Previous, open_previous
from pipelines.corpus.run import Models, run
from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig, WorkItem
from pipelines.train_tagger import TaggerConfig
from pipelines.train_tagger import run as train_tagger
from realm import params as parameters
from realm.paths import DataPaths
from realm.tokenizer import import_tokenizer

DEFAULT: Final = "default"
MEGABYTES: Final = {DEFAULT: 10.0, "rules": 20.0}  # rules take a fifth of the time
CHANGED: Final = 0.05
WHAT: Final = f"the head of the English dump repeated, then with {CHANGED:.0%} of articles changed"
_REVISION = re.compile(rb"(<revision>\s*<id>)(\d+)(</id>)")


def measure(repeats: int, *, tagger: str = DEFAULT, megabytes: float | None = None) -> list[Row]:
    """The first snapshot's making, and the second's with and without the first's corpus, in turns.

    The default tagger is the one of `params.yaml`, trained on the head.
    """
    head, vocabulary = real_input(HEAD), real_input(VOCABULARY)
    if head is None or vocabulary is None:
        return [Row("reuse", None, note=f"{HEAD} or {VOCABULARY} is absent; REALM_TEST_DATA names their folder")]
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    megabytes = megabytes or MEGABYTES[tagger]
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        if tagger == DEFAULT:
            tagger = str(make_default(head, Path(scratch) / "default"))
        bench = _Bench(Path(scratch), tagger=tagger)
        import_tokenizer(str(vocabulary), bench.models.tokenizer, lowercase=True)
        first, second = bench.folder / "first.xml.bz2", bench.folder / "second.xml.bz2"
        length = write_repeated(head, first, megabytes=megabytes) / 1e6
        share = write_changed(first, second)
        previous = bench.previous(first)
        for turn in range(repeats):
            seconds["first"].append(bench.make(first, None, f"first-{turn}"))
            seconds["reused"].append(bench.make(second, previous, f"reused-{turn}"))
            seconds["rebuilt"].append(bench.make(second, None, f"rebuilt-{turn}"))
            seconds["read"].append(bench.read(second))
    return _rows({name: statistics.median(values) for name, values in seconds.items()}, length, share)


def make_default(head: Path, folder: Path) -> Path:
    """Trains the tagger of `params.yaml` on the head, and returns its directory."""
    params = parameters.load()
    (folder / "raw" / "wikipedia").mkdir(parents=True)
    (folder / "raw" / "wikipedia" / head.name).symlink_to(head.resolve())
    config, sources = params.section("tagger", TaggerConfig), params.section("sources", SourceConfig)
    train_tagger(config, raw=folder / "raw", sources=sources, output=folder / "tagger")
    return folder / "tagger"


def _rows(medians: dict[str, float], length: float, share: float) -> list[Row]:
    read = medians.pop("read")
    first, reused, rebuilt = (medians[name] - read for name in ("first", "reused", "rebuilt"))
    unit = "MB of XML"
    note = f"{reused / first:.1%} of the first's (to reach: 10 %); {share:.1%} of the text is in pages that changed"
    note += f"; {medians['reused'] / medians['first']:.1%} with the reading of the dump"
    return [
        Row("first snapshot, cleaned and tagged", first, length, unit, 1.0),
        Row("second, from the first's corpus", reused, length, unit, reused / first, note),
        Row("second, made anew", rebuilt, length, unit, rebuilt / first),
        Row("reading the dump, in each of them", read, length, unit, read / first),
    ]


class _Bench:
    """Work items made in a folder of their own each time."""

    def __init__(self, folder: Path, *, tagger: str) -> None:
        params = parameters.load()
        self.folder = folder
        self.models = Models(folder / "tokenizer", tagger)
        self._sources = params.section("sources", SourceConfig)
        self._config = replace(params.section("corpus", CorpusConfig), runner=LOCAL_RUNNER, workers=1)

    def previous(self, dump: Path) -> Previous:
        """Makes the corpus of `dump`, whole, and opens it."""
        data, output = DataPaths(self.folder / "data"), self.folder / "corpus"
        run(self._config, sources=self._sources, items=self._items(dump), models=self.models, output=output, data=data)
        found = open_previous(output, pipelines=self._pipelines(), data=data)
        if found is None:
            raise RuntimeError("the corpus that was just made cannot be reused")
        return found

    def make(self, dump: Path, previous: Previous | None, name: str) -> float:
        """Processor seconds of making all work items of `dump`."""
        folder = self.folder / name
        (folder / ".notes").mkdir(parents=True)
        items = self._items(dump)
        job = Job(
            items=tuple(items),
            sources=self._sources,
            blocks=self._config.blocks,
            tokenizer=self.models.tokenizer,
            tagger=self.models.tagger,
            cache=folder / "cache",
            pipelines=self._pipelines(),
            staging=folder,
            pages=folder,
            previous=previous,
        )
        maker = ItemMaker(job)
        begin = time.process_time()
        for item in items:
            maker.make(item)
        return time.process_time() - begin

    def read(self, dump: Path) -> float:
        """Processor seconds of reading all pages of `dump` and hashing what they say."""
        begin = time.process_time()
        for item in self._items(dump):
            for _ in get_source(item.source).pages(item, self._sources):
                pass
        return time.process_time() - begin

    def _items(self, dump: Path) -> Sequence[WorkItem]:
        return get_source("wikipedia").work_items([dump], self._sources)

    def _pipelines(self) -> dict[str, str]:
        from realm.tokenizer import Tokenizer

        tokenizer, tagger = Tokenizer.load(self.models.tokenizer).fingerprint, self.models.tagger_fingerprint
        blocks = self._config.blocks
        found = pipeline_fingerprint(
            "wikipedia", sources=self._sources, blocks=blocks, tokenizer=tokenizer, tagger=tagger
        )
        return {"wikipedia": found}


def write_changed(dump: Path, output: Path) -> float:
    """Writes `dump` with a sentence more in 5 % of its articles, short and long; returns their share of the text."""
    streams = [re.split(rb"(?<=</page>)", stream) for stream in _streams(dump.read_bytes())]
    pages = [page for stream in streams for page in stream]
    lengths = {number: len(page) for number, page in enumerate(pages) if _is_article(page)}
    step = round(1 / CHANGED)
    changed = set(sorted(lengths, key=lambda number: lengths[number])[step // 2 :: step])
    numbers = iter(range(len(pages)))
    with output.open("wb") as file:
        for stream in streams:
            edited = (
                _edited(page) if number in changed else page for page, number in zip(stream, numbers, strict=False)
            )
            file.write(bz2.compress(b"".join(edited)))
    return sum(lengths[number] for number in changed) / sum(lengths.values())


def _is_article(page: bytes) -> bool:
    return b"<ns>0</ns>" in page and b"<redirect" not in page


def _edited(page: bytes) -> bytes:
    page = _REVISION.sub(lambda found: b"%b%d%b" % (found[1], int(found[2]) + 1, found[3]), page)
    return page.replace(b"</text>", b"\n\nIt was changed once more in 1911.</text>")


def _streams(data: bytes) -> list[bytes]:
    streams = []
    while data:
        decompressor = bz2.BZ2Decompressor()
        streams.append(decompressor.decompress(data))
        data = decompressor.unused_data
    return streams


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tagger", choices=sorted(MEGABYTES), default=DEFAULT)
    parser.add_argument("--megabytes", type=float)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    rows = measure(arguments.repeats, tagger=arguments.tagger, megabytes=arguments.megabytes)
    print_table(f"Reuse, {WHAT}, tagger: {arguments.tagger}, processor seconds", rows)


if __name__ == "__main__":
    main()
