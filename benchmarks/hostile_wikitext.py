"""Shows that cleaning is linear whatever the input: hostile families at n, 2n and 4n.

`python -m benchmarks.hostile_wikitext` prints the seconds of each and how they grow; 2 is linear, 4 is the square.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from pipelines.site import SiteInfo
from pipelines.wikitext import clean

_REPEATED: Final = (
    "[[", "]]", "{{", "}}", "{{{", "[[a", "[[a|", "{{a|", "{{a|[[b|", "[[a|{{b|", "<ref>", "<ref ", "<ref name=a>x",
    "'", "''", "'''a", "'''''a ''", "{|", "\n{|", "\n{|\n|-", "\n|}", "<!--", "<!-- a", "-->", "[[File:",
    "[[File:a|", "&", "&amp", "&#91;", "(", ")", "(<ref/>", "(;", "[http://", "[http://a b", "<table>", "</table>",
    "<math>", "<nowiki>", "<p>", "\n=", "\n== a ==\n", "\n=a", "=", "== ", " ", "\t", "\n", "\n*", "*", "\n;", "__",
    "__A", "_", "|", "|-", "<", "<a ", "<a", "/>", "{{nowrap|", "{{lang|fr|", "{{convert|", "{{convert|1|",
    "{{IPA|", "{{IPA|(", "[[a]]", "[[a]]b", "[[a]] ", "([[a]]", "[[a:", "[[:a", "[[de:", "\u0301", "e\u0301", "字",
    "。", "\ue000", "{{a}}", "{{a", "a}}", "{", "}", "[", "]", "{{a|{{b}}", "{{a|{{b}}{{c|", "[[File:a|[[b]]",
    "[[File:a|[b]", "\n=<!--", "\n==See also==", "{{cn}}", ".", ".\"", "a.", "a ,", " ,", ", ", "; ", ",)", "<sup>",
    "<sup>2", "<code>", "<br>", "~~~", "\r", "\u2028", "//", "mailto:", "[[//", "\n{|<!--", "\n {|", "{{!}}", "{{=",
    "{{#if:", "x" * 50 + " ",
)  # fmt: skip
_NESTED: Final = (
    ("{{nowrap|x ", "}}"), ("{{a|x ", "}}"), ("[[a|b ", "]]"), ("[[File:a|", "]]"), ("(<ref/>", ")"), ("<p>", "</p>"),
    ("<table>", "</table>"), ("\n{|\n", "\n|}"), ("{{{a|", "}}}"), ("<ref>", "</ref>"), ("(", ")"), ("[", "]"),
    ("{{lang|fr|[[a|", "]]}}"), ("[[File:a|[[b]] ", "]]"), ("{{a|{{b}} ", "}}"), ("{{IPA|(", ")}}"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=200_000, help="n (default: %(default)s)")
    count = parser.parse_args().characters
    families = {f"{piece!r} * n": partial(_repeated, piece) for piece in _REPEATED}
    families |= {f"{a!r} * n + {b!r} * n": partial(_nested, a, b) for a, b in _NESTED}
    growths = {name: _show(name, family, count) for name, family in families.items()}
    worst = max(growths, key=lambda name: growths[name])
    print(f"\n{len(families)} families of {count:,}, {2 * count:,} and {4 * count:,} characters; ", end="")
    print(f"worst growth when the length doubles: {growths[worst]:.2f}, {worst}")


def _repeated(piece: str, size: int) -> str:
    return piece * (size // len(piece))


def _nested(opening: str, closing: str, size: int) -> str:
    depth = size // (len(opening) + len(closing))
    return f"{opening * depth}word{closing * depth}"


def _show(name: str, family: Callable[[int], str], count: int) -> float:
    """Prints one family; returns the growth per doubling, by n and 4n, of what takes time at all."""
    seconds = [_seconds(family(count * factor)) for factor in (1, 2, 4)]
    growth = (seconds[2] / seconds[0]) ** 0.5 if seconds[2] > _MEASURABLE_S else 1.0
    print(
        f"{name:48.48}  {seconds[0]:8.3f} {seconds[1]:8.3f} {seconds[2]:8.3f} s   x {growth:.2f} per doubling",
        flush=True,
    )
    return growth


_MEASURABLE_S: Final = 0.05


def _seconds(wikitext: str) -> float:
    started = time.process_time()
    clean(wikitext, site=SiteInfo.english())
    return time.process_time() - started


if __name__ == "__main__":
    main()
