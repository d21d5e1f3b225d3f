"""What a corpus run tells: metrics, plots and a few lines for the terminal."""

import csv
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pipelines.corpus.assemble import HISTOGRAM_STEP
from realm.storage import publish_file

_FUNNEL = ("pages", "articles", "blocks")
_CHANGES = ("added", "changed", "removed", "unchanged")
_PLAIN = ("pages", "redirects", "aliases", "articles", "blocks", "sentences", "wordpieces")


def metrics(counts: Mapping[str, int], *, damage: Collection[str]) -> dict[str, Any]:
    """Orders the counters of all items into nested metrics; `damage` are the reasons that mean damage."""
    blocks = max(counts.get("blocks", 0), 1)
    dropped = _group(counts, "dropped: ")
    return {
        **{name: counts.get(name, 0) for name in _PLAIN},
        "bytes_read": counts.get("bytes read", 0),
        "bytes_lost": counts.get("bytes lost", 0),
        "blocks_truncated": counts.get("blocks truncated", 0),
        "sentences_without_wordpieces": counts.get("sentences without wordpieces", 0),
        "wordpieces_per_block": round(counts.get("wordpieces", 0) / blocks, 2),
        "dropped": dropped,
        "damaged": {reason: count for reason, count in dropped.items() if reason in damage},
        "left_out_by_cleaner": _group(counts, "left out: "),
        "repaired": _group(counts, "repaired: "),
        "dates": _group(counts, "dates: "),
        "spans": _group(counts, "spans: "),
        "block_lengths": _group(counts, "length: "),
    }


def write_plots(values: Mapping[str, Any], *, lengths: Path, funnel: Path, rejects: Path) -> None:
    """Writes the CSV files that `dvc plots` shows: histogram of block lengths, funnel, rejects by reason."""
    counts = {int(length): count for length, count in values["block_lengths"].items()}
    steps = range(min(counts, default=0), max(counts, default=0) + 1, HISTOGRAM_STEP)
    histogram = [(str(length), counts.get(length, 0)) for length in steps]
    _write_csv(lengths, ("wordpieces", "blocks"), histogram)
    _write_csv(funnel, ("step", "count"), [(step, values[step]) for step in _FUNNEL])
    dropped = sorted(values["dropped"].items(), key=lambda item: (-item[1], item[0]))
    _write_csv(rejects, ("reason", "records"), dropped or [("nothing", 0)])  # DVC shows no plot without points


def lines(values: Mapping[str, Any]) -> list[str]:
    """A few lines that say what was made."""
    dropped: Counter[str] = Counter(values["dropped"])
    spans = ", ".join(f"{count:,} {label}" for label, count in values["spans"].items()) or "none"
    text = [
        f"{values['pages']:,} pages -> {values['articles']:,} articles -> {values['blocks']:,} blocks "
        f"of {values['wordpieces_per_block']:.0f} wordpieces",
        f"{values['redirects']:,} redirects, {values['aliases']:,} of them aliases of these articles; spans: {spans}",
    ]
    text.extend(f"dropped, {reason}: {count:,}" for reason, count in dropped.most_common())
    if damaged := sum(values["damaged"].values()):
        text.append(f"damaged: {damaged:,}; `python -m pipelines.validate` decides whether the rest will do")
    text.extend(_reuse_line(source, counts) for source, counts in values.get("reuse", {}).items())
    return text


def _reuse_line(source: str, counts: Mapping[str, int]) -> str:
    if not counts["pages"]:
        return f"gone, {source}: no pages any more; {counts.get('removed', 0):,} removed"
    changed = ", ".join(f"{counts[name]:,} {name}" for name in _CHANGES if name in counts)
    finished = f", {counts['finished']:,} finished by an earlier run" if counts["finished"] else ""
    return f"reused, {source}: {counts['reused']:,} of {counts['pages']:,} pages{finished}; {changed}"


def _group(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): count for name, count in sorted(counts.items()) if name.startswith(prefix)}


def _write_csv(path: Path, header: tuple[str, str], rows: list[tuple[str, int]]) -> None:
    with publish_file(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
