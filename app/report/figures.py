"""Which charts the report has: how each stage learnt, and REALM beside its baseline."""

from dataclasses import dataclass

from app.report.charts import Line, bar_chart, line_chart
from app.results import QualityRow, Results


@dataclass(frozen=True)
class Curve:
    """One line of a learning chart: a column of a stage's CSV."""

    stage: str
    column: str
    label: str


@dataclass(frozen=True)
class Figure:
    """A chart with what a newcomer should see in it."""

    svg: str
    caption: str


@dataclass(frozen=True)
class _Plan:
    title: str
    caption: str
    curves: tuple[Curve, ...]


_LEARNING = (
    _Plan(
        "BERT: loss",
        "The language model guesses masked wordpieces; lower is better.",
        (Curve("bert", "loss", "loss"),),
    ),
    _Plan(
        "ICT: accuracy in the batch",
        "Share of sentences whose own block was told from all others of the batch. Mostly the sentence was taken out "
        "of its block, else comparing words would do.",
        (
            Curve("ict", "accuracy_masked", "sentence taken out"),
            Curve("ict", "accuracy_unmasked", "sentence left in"),
        ),
    ),
    _Plan(
        "ICT: retrieval among documents it has not learnt from",
        "Share of sentences, each taken out of its block, whose block is found among a few hundred.",
        (Curve("ict-held-out", "recall@1", "as the best"), Curve("ict-held-out", "recall@5", "among the best 5")),
    ),
    _Plan(
        "ICT: recall for real questions, none of them seen (zero-shot)",
        "Share of dev questions with an answer in the best blocks of the whole corpus; nothing is learnt from them.",
        (
            Curve("ict-zero-shot", "recall@1", "the best block"),
            Curve("ict-zero-shot", "recall@5", "the best 5"),
            Curve("ict-zero-shot", "recall@20", "the best 20"),
        ),
    ),
    _Plan(
        "REALM: loss",
        "Masked names and dates are guessed with the help of retrieved blocks.",
        (Curve("pretrain", "loss", "loss"),),
    ),
    _Plan(
        "REALM: retrieval utility",
        "How much more likely the true words become through the retrieved blocks; above 0, retrieval helps.",
        (
            Curve("pretrain", "retrieval_utility", "of all blocks together"),
            Curve("pretrain", "document_utility", "of one block, on average"),
        ),
    ),
    _Plan(
        "REALM: staleness of the index, in steps",
        "Each refresh embeds the corpus with the weights of then, and staleness falls back.",
        (Curve("pretrain", "staleness_steps", "steps since the refresh"),),
    ),
    _Plan(
        "Fine-tuning: loss of the reader",
        "The same fine-tuning, once after REALM and once after ICT alone.",
        (Curve("finetune-realm", "reader_loss", "REALM"), Curve("finetune-ict", "reader_loss", "ICT baseline")),
    ),
)


def learning_figures(results: Results) -> tuple[list[Figure], list[str]]:
    """The charts that there is data for, and the titles of those that were not run."""
    figures, missing = [], []
    for plan in _LEARNING:
        lines = [line for curve in plan.curves if (line := _line(results, curve))]
        if lines:
            figures.append(Figure(svg=line_chart(lines, x_label="step", title=plan.title), caption=plan.caption))
        else:
            missing.append(plan.title)
    return figures, missing


def quality_figure(rows: list[QualityRow]) -> Figure | None:
    """Recall@5 and exact match of every system that was evaluated."""
    run = [row for row in rows if row.measures]
    if not run:
        return None
    labels = [f"{row.system}\n{row.snapshot}" for row in run]
    groups = [
        (name, [(row.measures or {}).get(key) for row in run])
        for name, key in (("recall@5", "recall@5"), ("exact match", "em"))
    ]
    return Figure(svg=bar_chart(labels, groups, title="Share of questions"), caption="Higher is better.")


def _line(results: Results, curve: Curve) -> Line | None:
    columns = results.curve(curve.stage)
    if columns is None or curve.column not in columns:
        return None
    return Line(label=curve.label, x=columns["step"], y=columns[curve.column])
