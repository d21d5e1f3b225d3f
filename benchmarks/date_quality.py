"""Precision and recall of the date rules on sentences of the real texts that were labelled by hand.

    python -m benchmarks.date_quality [--part test] [--faults]

The labels name file, page and place of each sentence, and its hash, but hold none of its words. A sentence is sought
by its hash among the sentences of its page, since the offsets move when the cleaner learns something; where the page
says it twice the nearest is taken. Sentences that are found no more are counted and not scored.
"""

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.real_inputs import real_input
from pipelines.dates import find_dates
from pipelines.sentences import prose_sentences
from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig
from realm import params as parameters
from realm.errors import main_guard
from realm.schema import Article

ROOT: Final = Path(__file__).parents[1]
LABELS: Final = ROOT / "tests" / "pipelines" / "date_labels.jsonl"
_SOURCES: Final = {"wiki": "wikipedia", "text": "text", "news": "ccnews"}  # by the folder of the file
_HASH_DIGITS: Final = 16


@dataclass(frozen=True)
class DateLabels:
    """The dates of one sentence.

    Attributes:
        file: one of the real inputs.
        page: id of the article.
        part: development, test or held_out; the rules may be tuned on the first alone.
        stratum: hard, calendar, dated, plain or uniform; how the sentence was drawn.
        start: of the sentence in the cleaned article.
        end: of the sentence in the cleaned article.
        sha256: first digits of the sentence's hash.
        dates: ranges in the sentence.
    """

    file: str
    page: str
    part: str
    stratum: str
    start: int
    end: int
    sha256: str
    dates: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Labelled:
    """A sentence that was found again, and its labels."""

    text: str
    labels: DateLabels


@dataclass(frozen=True)
class Score:
    """How many dates were found exactly, found at all, and labelled."""

    right: int
    found: int
    labelled: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 if nothing was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the labels that was found; 1 if there is none."""
        return self.right / self.labelled if self.labelled else 1.0


def read_labels(part: str) -> list[DateLabels]:
    """The labels of one part of the sample."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    return [
        DateLabels(**{**row, "dates": tuple((start, end) for start, end in row["dates"])})
        for row in rows
        if row["part"] == part
    ]


def find_sentences(labels: Sequence[DateLabels], path: Path) -> list[Labelled]:
    """The labelled sentences of one file that its articles still hold."""
    wanted: dict[str, list[DateLabels]] = defaultdict(list)
    for one in labels:
        wanted[one.page].append(one)
    found: list[Labelled] = []
    for page, article in articles_of(_SOURCES[path.parent.name], path):
        if page not in wanted:
            continue
        places = defaultdict(list)
        for sentence in prose_sentences(article):
            text = article.text[sentence.start : sentence.end]
            places[sentence_hash(text)].append((sentence.start, text))
        found += [_nearest(places[one.sha256], one) for one in wanted.pop(page) if one.sha256 in places]
    return found


def _nearest(places: Sequence[tuple[int, str]], labels: DateLabels) -> Labelled:
    return Labelled(min(places, key=lambda place: abs(place[0] - labels.start))[1], labels)


def articles_of(source: str, path: Path) -> Iterator[tuple[str, Article]]:
    """The articles of a real input, with their ids."""
    config = parameters.load(ROOT / "params.yaml").section("sources", SourceConfig)
    reader = get_source(source)
    for item in reader.work_items([path], config):
        for record in reader.read(item, config):
            if isinstance(record, Article):
                yield record.doc_id, record


def sentence_hash(text: str) -> str:
    """What a sentence is known by."""
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH_DIGITS]


def score(sentences: Iterable[Labelled]) -> Score:
    """Exact spans only: one that is too short or too long counts as wrong and as missing."""
    right = found = labelled = 0
    for sentence in sentences:
        dates = _found(sentence.text)
        right += len(dates & set(sentence.labels.dates))
        found += len(dates)
        labelled += len(sentence.labels.dates)
    return Score(right, found, labelled)


def _found(text: str) -> set[tuple[int, int]]:
    return {(span.start, span.end) for span in find_dates(text)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("development", "test", "held_out"), default="test")
    parser.add_argument("--faults", action="store_true", help="print each sentence with a wrong or missing date")
    arguments = parser.parse_args()
    labels = read_labels(arguments.part)
    sentences: list[Labelled] = []
    for name in sorted({one.file for one in labels}):
        if path := real_input(name):
            sentences += find_sentences([one for one in labels if one.file == name], path)
        else:
            print(f"{name} is absent; REALM_TEST_DATA names its folder")
    print(f"{len(sentences)} of {len(labels)} sentences of the part '{arguments.part}' found\n")
    _print("all", sentences)
    for stratum in sorted({one.stratum for one in labels}):
        _print(stratum, [one for one in sentences if one.labels.stratum == stratum])
    for name in sorted({one.file for one in labels}):
        _print(name, [one for one in sentences if one.labels.file == name])
    if arguments.faults:
        _print_faults(sentences)


def _print(what: str, sentences: Sequence[Labelled]) -> None:
    result = score(sentences)
    print(
        f"{what:34} {len(sentences):4} sentences  {result.labelled:4} dates  "
        f"precision {result.precision:.3f}  recall {result.recall:.3f}"
    )


def _print_faults(sentences: Iterable[Labelled]) -> None:
    for sentence in sentences:
        labelled, found = set(sentence.labels.dates), _found(sentence.text)
        if labelled != found:
            wrong = [sentence.text[start:end] for start, end in sorted(found - labelled)]
            missing = [sentence.text[start:end] for start, end in sorted(labelled - found)]
            print(f"\n{sentence.text}\n  wrong {wrong}  missing {missing}")


if __name__ == "__main__":
    main_guard(main)
