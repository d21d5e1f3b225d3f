"""Unlabelled-span F1 on a CoNLL file: runs of capitals, the bare rules, and the rules with case statistics.

    python -m benchmarks.tagger_quality GOLD.conll.txt DUMP.xml.bz2

The statistics are gathered from the cleaned articles of the dump; the gold file is only scored against.
"""

import argparse
import bz2
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from lxml import etree

from pipelines.case_statistics import collect
from pipelines.site import MAIN_NAMESPACE, SiteInfo
from pipelines.tagger import ENTITY, RuleTagger
from pipelines.wikitext import clean
from realm.schema import TextRange

Ranges = set[tuple[int, int]]


def read_gold(path: Path) -> Iterator[tuple[list[str], Ranges]]:
    """Yields the tokens of each sentence and its gold spans in tokens."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        if not filled:
            continue
        rows = [line.split() for line in group if not line.startswith("-DOCSTART-")]
        labels = [row[-1].rpartition("-")[2] for row in rows]
        spans: Ranges = set()
        position = 0
        for label, run in groupby(labels):
            length = len(list(run))
            if label != "O":
                spans.add((position, position + length))
            position += length
        if rows:
            yield [row[0] for row in rows], spans


def capital_runs(tokens: list[str]) -> Ranges:
    spans: Ranges = set()
    position = 0
    for capital, run in groupby(tokens, key=lambda token: token[0].isupper()):
        length = len(list(run))
        if capital:
            spans.add((position, position + length))
        position += length
    return spans


def tagged(tagger: RuleTagger, tokens: list[str]) -> Ranges:
    text = " ".join(tokens)
    starts, ends, position = {}, {}, 0
    for index, token in enumerate(tokens):
        starts[position], ends[position + len(token)] = index, index + 1
        position += len(token) + 1
    spans = tagger.spans(text, [TextRange(0, len(text))])
    return {(starts.get(s.start, -1), ends.get(s.end, -1)) for s in spans if s.label == ENTITY}


def f1(pairs: Iterable[tuple[Ranges, Ranges]]) -> str:
    right = guessed = wanted = 0
    for guess, gold in pairs:
        right, guessed, wanted = right + len(guess & gold), guessed + len(guess), wanted + len(gold)
    precision, recall = right / guessed, right / wanted
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}"


def cleaned_texts(dump: Path) -> Iterator[str]:
    site = SiteInfo.english()
    with bz2.open(dump) as file:
        for _, element in etree.iterparse(file, tag=("{*}siteinfo", "{*}page"), resolve_entities=False, huge_tree=True):
            if element.tag.endswith("siteinfo"):
                site = SiteInfo.from_element(element)
                continue
            text = element.findtext("{*}revision/{*}text") or ""
            if element.findtext("{*}ns") == str(MAIN_NAMESPACE) and not site.is_redirect(text):
                yield clean(text, site=site).text
            element.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("dump", type=Path)
    arguments = parser.parse_args()
    gold = list(read_gold(arguments.gold))
    statistics = collect(cleaned_texts(arguments.dump))
    bare, helped = RuleTagger(None), RuleTagger(statistics)
    print("runs of capitals    ", f1((capital_runs(tokens), spans) for tokens, spans in gold))
    print("rules               ", f1((tagged(bare, tokens), spans) for tokens, spans in gold))
    print("rules and statistics", f1((tagged(helped, tokens), spans) for tokens, spans in gold))


if __name__ == "__main__":
    main()
