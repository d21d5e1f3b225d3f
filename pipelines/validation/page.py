"""The gate's result as one page that needs nothing but itself; Great Expectations' own pages fetch their styles."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from pipelines.validation.suite import Check
from realm.storage import publish_file

PAGE: Final = "gate.html"
_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem }
caption { text-align: left; font-weight: 600 }
th, td { text-align: left; padding: .3rem .7rem; border-bottom: 1px solid #ddd; vertical-align: top }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap }
tr.failed { background: #fdecea; font-weight: 600 }
.verdict { padding: .6rem 1rem; border-radius: .4rem; background: #e8f5e9 }
.verdict.failed { background: #fdecea }
"""


def write_page(checks: Sequence[Check], *, what: str, docs: Path) -> None:
    """Writes `gate.html` into the folder of the data docs: what failed first, then everything by suite."""
    failed = sum(not check.success for check in checks)
    verdict = f"{failed} of {len(checks)} checks failed" if failed else f"all {len(checks)} checks hold"
    suites = list(dict.fromkeys(check.suite for check in checks))
    tables = "\n".join(_table(suite, [check for check in checks if check.suite == suite]) for suite in suites)
    mark = "verdict failed" if failed else "verdict"
    with publish_file(docs / PAGE) as beside:
        beside.write_text(
            f"<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>Gate of {escape(what)}</title>\n"
            f"<style>{_STYLE}</style></head>\n<body><h1>Gate of {escape(what)}</h1>\n"
            f"<p class='{mark}'>{verdict}.</p>\n{tables}\n"
            "<p><a href='index.html'>Data docs of Great Expectations</a></p></body></html>\n",
            encoding="utf-8",
        )


def _table(suite: str, checks: Sequence[Check]) -> str:
    rows = "\n".join(map(_row, sorted(checks, key=lambda check: check.success)))
    heads = "".join(f"<th>{name}</th>" for name in ("", "check", "found", "expected", "meaning"))
    return f"<table><caption>{escape(suite)}</caption>\n<tr>{heads}</tr>\n{rows}\n</table>"


def _row(check: Check) -> str:
    cells = f"<td>{escape(check.name)}</td><td class='number'>{escape(check.found)}</td>"
    cells += f"<td>{escape(check.expected)}</td><td>{escape(check.meaning)}</td>"
    return f"<tr{'' if check.success else ' class=failed'}><td>{'ok' if check.success else 'FAILED'}</td>{cells}</tr>"
