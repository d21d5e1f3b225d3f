"""Draws sentences of the real texts for labelling dates by hand, and turns what was written down into labels.

    python -m benchmarks.date_sample draw FOLDER
    python -m benchmarks.date_sample label FOLDER/test.tsv ANSWERS.tsv >> tests/pipelines/date_labels.jsonl

`draw` writes development.tsv, test.tsv and held_out.tsv: a sentence a line behind its number and place. The parts
share no article. An answer is a line `number TAB date TAB date …`; `date#2` is its second occurrence in the sentence.
What counts as a date stands in docs/dates.md.
"""

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from benchmarks.date_quality import DateLabels, articles_of, sentence_hash
from benchmarks.real_inputs import real_input
from pipelines.sentences import prose_sentences
from realm.errors import UserError, main_guard

_SEED: Final = 2018
_FILES: Final = (
    ("wikipedia", "wiki/enwiki-201605-head.xml.bz2"),
    ("text", "text/enwiki-2015-text.jsonl.gz"),
    ("ccnews", "news/sample-0000.warc.gz"),
    ("ccnews", "news/sample-0001.warc.gz"),
    ("ccnews", "news/commoncrawl-head.warc.gz"),
)
_SHARES: Final = {"wikipedia": 0.4, "text": 0.4, "ccnews": 0.2}
_PARTS: Final = {  # how many sentences of each stratum
    "development": {"hard": 20, "dated": 70, "plain": 20},
    "test": {"hard": 40, "calendar": 80, "dated": 170, "plain": 100, "uniform": 100},
    "held_out": {"hard": 20, "calendar": 40, "dated": 50, "plain": 10, "uniform": 30},
}
_LONGEST: Final = 600  # characters; what is longer is a list that no full stop cuts
# Whatever might say when: far wider than the rules, so that their recall is measured and not presumed.
_DATED: Final = re.compile(
    r"\d|januar|februar|march|april|\bmay\b|\bjun|\bjul|august|septem|octob|novem|decem|\b(?:aug|sept?|oct|nov|dec)\b"
    r"|day|spring|summer|autumn|\bfall\b|winter|season|centur|decade|millenn|\beras?\b|quarter|year|month|week|\bago\b"
    r"|\bmid\b|\bmid-|\blate\b|\bearly\b|circa|ties\b|tomorrow|\bBC|\bAD\b|\bCE\b|\bB\.C|\bA\.D",
    re.IGNORECASE,
)
# Numbers and names that look like dates and probably are none.
_HARD: Final = re.compile(
    r"(?:\$|£|€|http|www\.|\b(?:pages?|pp?|nos?|model|version|route|flight|room|psalm|chapter|mark|type|class|isbn|about|"
    r"windows|resolution|section|over|than|number|channel|boeing|ISO|RFC)\b\.?) ?[\d.]*\d{3,4}(?!\d)"
    r"|\b[1-9]\d{2,3} (?:people|men|women|k?m|mm|ft|feet|miles|species|seats|votes|kg|tons?|copies|members|words)\b"
    r"|\d[-/.]\d+[-/.]\d|\d:\d\d|\d,\d{3}|\bMay [a-z]|\b(?:Sunday|Friday|Monday) [A-Z][a-z]|\d(?:th|nd|rd|st) [A-Z]"
    r"|(?<=[a-z] )(?:March|August|May|April|June|Summer|Spring|Winter|Fall) [A-Z][a-z]"
)
# Names of calendar times, whatever they mean here: most dates of the other strata are bare years.
_CALENDAR: Final = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)(?=\.? \d)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|spring|summer|autumn|fall|winter|quarter|century|centuries|decades?|millenni\w+|\w*ties|\d\ds|bce?|ad|ce|era)\b",
    re.IGNORECASE,
)
_STRATA: Final[dict[str, Callable[[str], object]]] = {
    "hard": _HARD.search,
    "calendar": _CALENDAR.search,
    "dated": _DATED.search,
    "plain": lambda text: not _DATED.search(text),
    "uniform": lambda _: True,
}


@dataclass(frozen=True)
class _Found:
    """A sentence and its place."""

    kind: str
    labels: DateLabels
    text: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    drawing = commands.add_parser("draw", help="write the sentences to be labelled")
    drawing.add_argument("folder", type=Path)
    labelling = commands.add_parser("label", help="print labels as JSON lines")
    labelling.add_argument("sentences", type=Path)
    labelling.add_argument("answers", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "draw":
        _draw(arguments.folder)
    else:
        _label(arguments.sentences, arguments.answers)


def _draw(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    parts: dict[str, list[_Found]] = {part: [] for part in _PARTS}
    seen: set[str] = set()
    for found in _sentences():
        if found.labels.sha256 not in seen:
            seen.add(found.labels.sha256)
            parts[found.labels.part].append(found)
    for part, sentences in parts.items():
        chosen = _chosen(part, sentences)
        lines = [f"{number}\t{json.dumps(asdict(one.labels))}\t{one.text}" for number, one in enumerate(chosen, 1)]
        (folder / f"{part}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{part}: {len(chosen)} of {len(sentences)} sentences", file=sys.stderr)


def _sentences() -> Iterator[_Found]:
    for kind, name in _FILES:
        path = real_input(name)
        if path is None:
            raise UserError(f"The real input {name} is absent. REALM_TEST_DATA names the folder that holds it.")
        for page, article in articles_of(kind, path):
            part = _part(article.title)
            for sentence in prose_sentences(article):
                text = article.text[sentence.start : sentence.end]
                if len(text) <= _LONGEST:
                    place = DateLabels(name, page, part, "", sentence.start, sentence.end, sentence_hash(text), ())
                    yield _Found(kind, place, text)


def _part(title: str) -> str:
    """An article, by its title, belongs to one part in all files."""
    share = hashlib.sha256(title.encode()).digest()[0]
    return "development" if share < 64 else "test" if share < 192 else "held_out"  # noqa: PLR2004


def _chosen(part: str, sentences: list[_Found]) -> list[_Found]:
    chance = random.Random(f"{_SEED} {part}")
    left = sentences.copy()
    chance.shuffle(left)
    chosen: list[_Found] = []
    for stratum, count in _PARTS[part].items():
        if stratum == "uniform":
            chance.shuffle(left)  # what dates there were stood before and were taken
        for kind, share in _SHARES.items():
            fitting = [one for one in left if one.kind == kind and _STRATA[stratum](one.text)]
            fitting = fitting[: round(count * share)]
            taken = set(map(id, fitting))
            left = [one for one in left if id(one) not in taken]
            chosen += [_Found(kind, _with_stratum(one.labels, stratum), one.text) for one in fitting]
    return chosen


def _with_stratum(labels: DateLabels, stratum: str) -> DateLabels:
    return DateLabels(**{**asdict(labels), "stratum": stratum})


def _label(sentences: Path, answers: Path) -> None:
    written = {
        line.split("\t")[0]: line.split("\t")[1:] for line in answers.read_text(encoding="utf-8").splitlines() if line
    }
    for line in sentences.read_text(encoding="utf-8").splitlines():
        number, place, text = line.split("\t", 2)
        if number not in written:
            raise UserError(f"{answers} says nothing of sentence {number}. Write its number alone if it has no date.")
        dates = [_place(text, surface, f"{answers}, sentence {number}") for surface in written[number] if surface]
        print(json.dumps({**json.loads(place), "dates": sorted(dates)}, ensure_ascii=False))


def _place(text: str, surface: str, where: str) -> tuple[int, int]:
    wanted, _, occurrence = surface.partition("#")
    found = [place.start() for place in re.finditer(re.escape(wanted), text.replace("\u00a0", " "))]
    number = int(occurrence or 1)
    if len(found) < number or (len(found) > 1 and not occurrence):
        raise UserError(f"{where}: {wanted!r} occurs {len(found)} times. Name one with # and its number.")
    return found[number - 1], found[number - 1] + len(wanted)


if __name__ == "__main__":
    main_guard(main)
