"""Charts as inline SVG that take their colours from the page, so that they are right in light and in dark.

matplotlib draws with stand-in colours, which are then replaced by CSS variables. No clock and no random id gets
into the SVG: equal numbers give equal bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

_INK, _RULE = "#010203", "#030201"
_SERIES = ("#0a0101", "#0a0202", "#0a0303", "#0a0404")
_CSS = {_INK: "currentColor", _RULE: "var(--rule)"} | {
    color: f"var(--series-{i})" for i, color in enumerate(_SERIES, start=1)
}
_STYLE = {
    "svg.hashsalt": "realm",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _RULE,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": _RULE,
    "grid.linewidth": 0.6,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "legend.frameon": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
_MARKED_POINTS = 12  # below this many, points are marked, so that a short curve is seen as measurements


@dataclass(frozen=True)
class Line:
    """One curve of a chart."""

    label: str
    x: Sequence[float]
    y: Sequence[float]


def line_chart(lines: Sequence[Line], *, x_label: str, title: str) -> str:
    """An SVG of curves over one horizontal axis; what is measured stands above, where it reads level."""
    with mpl.rc_context(_STYLE):
        figure, axes = plt.subplots(figsize=(4.2, 2.3))
        for color, line in zip(_SERIES, lines, strict=False):
            marker = "o" if len(line.x) < _MARKED_POINTS else None
            axes.plot(line.x, line.y, color=color, linewidth=1.6, marker=marker, markersize=3, label=line.label)
        axes.set_xlabel(x_label)
        _title(axes, title)
        if len(lines) > 1:
            axes.legend(fontsize=8)
        return _svg(figure, name=title)


def bar_chart(labels: Sequence[str], groups: Sequence[tuple[str, Sequence[float | None]]], *, title: str) -> str:
    """An SVG of grouped bars from 0 to 1: one group a label, one colour an entry of `groups`; None leaves a gap."""
    with mpl.rc_context(_STYLE):
        figure, axes = plt.subplots(figsize=(4.2, 2.3))
        width = 0.8 / len(groups)
        for number, (name, values) in enumerate(groups):
            shown = [(i, value) for i, value in enumerate(values) if value is not None]
            places = [i + (number - (len(groups) - 1) / 2) * width for i, _ in shown]
            bars = axes.bar(places, [v for _, v in shown], width * 0.92, color=_SERIES[number], label=name)
            axes.bar_label(bars, fmt="%.2f", fontsize=8, padding=2)
        axes.set_xticks(range(len(labels)), labels)
        axes.set_ylim(0, 1.12)
        axes.grid(visible=False, axis="x")
        if len(groups) == 1:
            _title(axes, title)
        else:
            axes.legend(fontsize=8, ncols=len(groups), loc="lower left", bbox_to_anchor=(0.0, 1.0))
        return _svg(figure, name=title)


def _title(axes: Axes, text: str) -> None:
    axes.set_title(text, loc="left", fontsize=9.5)


def _svg(figure: Figure, *, name: str) -> str:
    buffer = io.StringIO()
    metadata = dict.fromkeys(("Date", "Creator", "Type", "Format"))
    figure.savefig(buffer, format="svg", bbox_inches="tight", pad_inches=0.04, metadata=metadata)
    plt.close(figure)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    for color, css in _CSS.items():
        text = text.replace(color, css)
    return text.replace("<svg", f'<svg role="img" aria-label="{name}"', 1)
