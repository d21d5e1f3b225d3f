"""Unlabelled-span F1 on a CoNLL file: runs of capitals, rules, and the tagger trained on a dump's own links.

    python -m benchmarks.tagger_quality [GOLD.conll.txt DUMP.xml.bz2]

Everything is learnt from the dump, by the stage `tagger` with the settings of params.yaml; the gold file is only
scored against. By default WikiGold and the beginning of the English dump of 2016, as in `python -m benchmarks`: about
a minute of processor time.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Final

from benchmarks.real_inputs import real_input
from pipelines.sources.base import SourceConfig
from pipelines.tagger import Kind, load_tagger
from pipelines.tagging.conll import LabelledText, read_conll
from pipelines.tagging.scores import Score, score, tagged
from pipelines.tagging.spans import ENTITY, Tagger
from pipelines.train_tagger import TaggerConfig, run
from realm import params
from realm.schema import Span, TextRange

GOLD: Final = "ner/wikigold.conll.txt"
DUMP: Final = "wiki/enwiki-201605-head.xml.bz2"
WANTED: Final = 0.83


def capital_runs(document: LabelledText, *, first: bool) -> list[Span]:
    """Runs of words that begin with a capital; without `first`, the first word of a sentence never counts."""
    return [span for sentence in document.sentences for span in _sentence_runs(document.text, sentence, first=first)]


def evaluate(gold: Sequence[LabelledText], tagger: Tagger) -> Score:
    return score(tagged(tagger, gold), labels=False)


def trained(kind: Kind, dump: Path, output: Path) -> Tagger:
    """The tagger that the stage makes of a dump."""
    loaded = params.load()
    raw = output / "raw"
    (raw / "wikipedia").mkdir(parents=True)
    (raw / "wikipedia" / dump.name).symlink_to(dump.resolve())
    config = replace(loaded.section("tagger", TaggerConfig), kind=kind, gold=None)
    run(config, raw=raw, sources=loaded.section("sources", SourceConfig), output=output / "tagger")
    tagger = load_tagger(output / "tagger")
    if tagger is None:
        raise RuntimeError("the stage made no tagger")
    return tagger


def measure(gold: Sequence[LabelledText], dump: Path) -> list[tuple[str, Score]]:
    """Name and score of each way to find names."""
    every = [(capital_runs(one, first=True), one.spans) for one in gold]
    later = [(capital_runs(one, first=False), one.spans) for one in gold]
    scores = [("runs of capitals", score(every, labels=False))]
    scores.append(("runs of capitals but for first words", score(later, labels=False)))
    bare = load_tagger("rules")
    if bare is not None:
        scores.append(("rules", evaluate(gold, bare)))
    kinds: dict[Kind, str] = {"rules": "rules and case statistics", "wikilinks": "wikilinks"}
    for kind, name in kinds.items():
        with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
            scores.append((name, evaluate(gold, trained(kind, dump, Path(scratch)))))
    return scores


def print_scores(gold: Path | None, dump: Path | None) -> None:
    """Prints the scores, or which of the files is absent."""
    if gold is None or dump is None:
        print(f"{GOLD} or {DUMP} is absent; REALM_TEST_DATA names their folder")
        return
    for name, found in measure(read_conll(gold, max_odd_share=0.0, use="gold").documents, dump):
        note = f"  (to reach: {WANTED})" if name == "wikilinks" else ""
        print(f"{name:38} precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}{note}")


def _sentence_runs(text: str, sentence: TextRange, *, first: bool) -> list[Span]:
    found = []
    place = sentence.start
    words = []
    for word in text[sentence.start : sentence.end].split(" "):
        words.append((place, place + len(word), word[0].isupper() and (first or place > sentence.start)))
        place += len(word) + 1
    for capital, group in groupby(words, key=lambda word: word[2]):
        run_words = list(group)
        if capital:
            found.append(Span(run_words[0][0], run_words[-1][1], ENTITY))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=real_input(GOLD))
    parser.add_argument("dump", type=Path, nargs="?", default=real_input(DUMP))
    arguments = parser.parse_args()
    print_scores(arguments.gold, arguments.dump)


if __name__ == "__main__":
    main()
