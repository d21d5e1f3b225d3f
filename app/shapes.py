"""What the report, the summary and `realm plan` rely on in what the stages wrote (see `realm.metrics`)."""

from typing import Any, Final

from realm.metrics import Maybe

_SHARES: Final = {...: float}
_CHANGED: Final = {"questions": float, "em_after": float, "em_before": float}
_UNCHANGED: Final = {"questions": float, "em": float}

METRICS: Final[dict[str, dict[Any, Any]]] = {
    "corpus": {
        **dict.fromkeys(("pages", "articles", "blocks", "wordpieces_per_block"), float),
        "spans": _SHARES,
        "dropped": Maybe(_SHARES),
    },
    "evaluate": {"qa_model": str, "zero_shot": Maybe({...: _SHARES}), ...: _SHARES},
    "index": dict.fromkeys(("embedded", "reused", "seconds"), float),
    "pretrain": {
        "refreshes": Maybe([{"step": float, "staleness_steps": float, "top_k_changed": Maybe(float)}]),
    },
    "update": {"first_snapshot": bool},
}
"""By the stage's name, which the file's begins with."""

UPDATE: Final = {
    "blocks": dict.fromkeys(("added", "removed", "unchanged", "same_vector"), float),
    "changed": Maybe({"previous_index": _CHANGED, "new_index": _CHANGED}),
    "unchanged": {"previous_index": _UNCHANGED, "new_index": _UNCHANGED},
    "examples": Maybe(
        [
            {
                **dict.fromkeys(("question", "with_previous_index", "with_new_index"), str),
                **{key: [str] for key in ("answer_before", "answer_after")},
            }
        ]
    ),
}
"""Of a snapshot that has one before it."""

VALIDATION: Final = {
    "success": bool,
    "checks": [{"name": str, "meaning": str, "success": bool, "observed": object, "expected": object}],
}

ENCODER: Final = dict.fromkeys(("num_hidden_layers", "hidden_size", "intermediate_size", "projection_size"), int)
"""The configuration beside BERT's weights."""

CORPUS: Final = dict.fromkeys(("articles", "blocks", "wordpieces"), int)
"""What a corpus's manifest counts."""

TOKENIZER: Final = {"vocab_size": int}
"""What a tokenizer's manifest counts."""

GATE: Final = {"k": int, "queries": int, "recall": float}
"""What an index version's manifest says that its gate measured."""
