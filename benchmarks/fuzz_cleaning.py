"""Mutates real wikitext and looks for anything that cleaning should never do.

`python -m benchmarks.fuzz_cleaning --minutes 10 DUMP...` cuts pieces out of real pages, joins, repeats and nests them,
breaks their markup, and checks each result: no exception, no residue, Unicode NFC, exact ranges, links and headings in
order, hardly anything lost by cleaning twice, time that fits the length. A failure is written beside the working
directory, shortened as far as it goes, and ends the run with status 1.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.cleaning import read_pages
from pipelines.site import SiteInfo
from pipelines.wikitext import clean
from realm.errors import main_guard
from tests.pipelines.cleaning.checks import check

_MARKUP: Final = (
    "[[", "]]", "{{", "}}", "{{{", "}}}", "|", "=", "\n", "\n==", "==\n", "''", "'''", "<ref>", "</ref>",
    "<ref name=a/>", "<!--", "-->", "{|", "\n{|\n", "\n|}\n", "\n|-\n", "(", ")", "[http://a.b ", "]", "<nowiki>",
    "</nowiki>", "<math>", "</math>", "&amp;", "&lt;", "&#91;&#91;", "&nbsp;", "File:", "[[File:a.jpg|",
    "Category:", "{{nowrap|", "{{lang|fr|", "{{convert|3|", "{{IPA|", "<table>", "</table>", "<br/>", "\u0301",
    "\ue000", "\xa0", "\u200b", "字", "__TOC__", "*", "#", ":", ";", " ", "<sup>2</sup>", "<p>", "</div>", "~~~~",
    "\r\n", "\u2028", "<", ">", "&", "_", "{{!}}", "<code>",
)  # fmt: skip
_LONGEST: Final = 60_000
_PIECE: Final = 3_000
_SECONDS_PER_CHARACTER: Final = 2e-5  # a hundredth of the usual speed; a machine that is busy is not a failure
_LEAST_SECONDS: Final = 2.0
_LEAST_KEPT: Final = 0.5  # of prose, when it is cleaned again: its literal brackets may look like markup


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dumps", nargs="+", type=Path, metavar="DUMP", help="dumps whose pages are mutated")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the mutations (default: %(default)s)")
    args = parser.parse_args()
    sources = [(text, site) for dump in args.dumps for site, texts in [read_pages(dump)] for text in texts]
    if not sources:
        sys.exit("no article with wikitext in these dumps: name others")
    chance, started, done, characters = random.Random(args.seed), time.monotonic(), 0, 0
    while time.monotonic() - started < args.minutes * 60:
        wikitext, site = mutated(chance, sources)
        reason = failure(wikitext, site)
        if reason is not None:
            _report(wikitext, site, reason)
        done, characters = done + 1, characters + len(wikitext)
        if done % 2_000 == 0:
            print(f"{done:,} texts, {characters / 1e6:,.0f} million characters, nothing found", flush=True)
    print(f"{done:,} texts, {characters / 1e6:,.0f} million characters in {args.minutes:g} minutes: nothing found")


def mutated(chance: random.Random, sources: list[tuple[str, SiteInfo]]) -> tuple[str, SiteInfo]:
    """A text made of pieces of real ones, with markup put in, taken out, repeated or nested."""
    text, site = chance.choice(sources)
    others = [chance.choice(sources)[0] for _ in range(chance.randrange(3))]
    changed = "".join(_piece(chance, one) for one in (text, *others))
    for _ in range(chance.choice((0, 1, 3, 10, 40))):
        changed = chance.choice(_CHANGES)(chance, changed)[:_LONGEST]
    return changed, site


def failure(wikitext: str, site: SiteInfo) -> str | None:
    """What is wrong with cleaning this text, or None."""
    started = time.process_time()
    try:
        article = clean(wikitext, site=site)
        seconds = time.process_time() - started
        check(article)
        again = clean(article.text, site=site).text
    except (
        AssertionError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        ArithmeticError,
    ) as error:
        return f"{type(error).__name__}: {error}"
    if seconds > max(_LEAST_SECONDS, _SECONDS_PER_CHARACTER * len(wikitext)):
        return f"{seconds:.1f} s for {len(wikitext):,} characters"
    letters, kept = _letters(article.text), _letters(again)
    if letters > _MANY_LETTERS and kept < _LEAST_KEPT * letters and not _LITERAL.intersection(article.text):
        return f"{letters:,} letters of prose, of which {kept:,} are left when it is cleaned again"
    return None


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


_MANY_LETTERS: Final = 500
_LITERAL: Final = frozenset("{[<|=&*#:;!")


def _piece(chance: random.Random, text: str) -> str:
    start = chance.randrange(max(1, len(text)))
    return text[start : start + chance.randrange(1, _PIECE)]


def _place(chance: random.Random, text: str) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((1, 2, 5, 20, 200)))


def _insert(chance: random.Random, text: str) -> str:
    start, _ = _place(chance, text)
    return text[:start] + chance.choice(_MARKUP) * chance.choice((1, 1, 1, 2, 3, 30)) + text[start:]


def _delete(chance: random.Random, text: str) -> str:
    start, end = _place(chance, text)
    return text[:start] + text[end:]


def _repeat(chance: random.Random, text: str) -> str:
    start, end = _place(chance, text)
    return text[:end] + text[start:end] * chance.choice((1, 2, 50)) + text[end:]


def _nest(chance: random.Random, text: str) -> str:
    start, end = _place(chance, text)
    opening, closing = chance.choice(
        (("{{a|", "}}"), ("[[a|", "]]"), ("{{nowrap|", "}}"), ("<ref>", "</ref>"), ("(", ")"))
    )
    depth = chance.choice((1, 2, 6, 60))
    return text[:start] + opening * depth + text[start:end] + closing * depth + text[end:]


def _unmark(chance: random.Random, text: str) -> str:
    """Takes out one occurrence of some markup, so that what it closed stays open."""
    markup = chance.choice(_MARKUP)
    start = text.find(markup, chance.randrange(len(text) + 1))
    return text if start < 0 else text[:start] + text[start + len(markup) :]


def _swap(chance: random.Random, text: str) -> str:
    (a, b), (c, d) = sorted((_place(chance, text), _place(chance, text)))
    return text if b > c else text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


_CHANGES: Final = (_insert, _insert, _delete, _repeat, _nest, _unmark, _unmark, _swap)


def _report(wikitext: str, site: SiteInfo, reason: str) -> None:
    short = _shortened(wikitext, lambda text: failure(text, site) is not None)
    path = Path(f"fuzz-cleaning-{abs(hash(short)) % 10**8}.txt")
    path.write_text(short, encoding="utf-8", errors="surrogatepass")
    sys.exit(f"{reason}\nin {path} ({len(short)} characters): {short[:300]!r}")


def _shortened(text: str, fails: Callable[[str], bool]) -> str:
    """The text without what the failure does not need."""
    size = len(text) // 2
    while size:
        for shorter in _without_pieces(text, size):
            if fails(shorter):
                text = shorter
                break
        else:
            size //= 2
    return text


def _without_pieces(text: str, size: int) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[:start] + text[start + size :]


if __name__ == "__main__":
    main_guard(main)
