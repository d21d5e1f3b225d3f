"""What enters the BERTs of a run, recorded as it is."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from transformers import BertModel

from realm.model import Embedder, ExtractiveReader, KnowledgeAugmentedEncoder
from realm.packing import PackedBert
from train.held_out import HeldOutRetrieval
from train.refresh import Refresher
from train.zero_shot import ZeroShotRetrieval

# Whose BERT it is, by what calls it; and what a stage does beside its training, by what does it.
_PARTS = {
    (Embedder, "forward"): "embedder",
    (KnowledgeAugmentedEncoder, "masked_logits"): "encoder",
    (ExtractiveReader, "forward"): "reader",
}
_BESIDE = {
    (HeldOutRetrieval, "measure"): "held-out",
    (ZeroShotRetrieval, "measure"): "zero-shot",
    (Refresher, "refresh"): "refresh",
}
_INPUTS = {"input_ids", "attention_mask", "token_type_ids", "position_ids"}


class Row(NamedTuple):
    """One sequence without its padding: what is looked up for each wordpiece."""

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    positions: tuple[int, ...]


class Recorder:
    """Keeps every row that enters a BERT, as it is or packed for a CPU, by stage and model.

    A row's mask must be 1 up to the padding and 0 from there; no mask at all is one without padding.
    """

    def __init__(self, pad_id: int) -> None:
        self._rows: dict[tuple[str, str], set[Row]] = defaultdict(set)
        self._pad_id = pad_id
        self._stages: list[str] = []
        self._parts: list[str] = []

    def run(self, stages: Mapping[str, Callable[[], object]]) -> None:
        """Runs the stages, by their names."""
        with self._patched():
            for name, run in stages.items():
                self._inside(self._stages, name, run)()

    def rows(self, stage: str, part: str) -> set[Row]:
        """What entered in a stage; never nothing, which would agree with everything."""
        assert self._rows[stage, part], f"nothing entered the {part} in {stage}"
        return self._rows[stage, part]

    @contextmanager
    def _patched(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            for stack, labels in ((self._parts, _PARTS), (self._stages, _BESIDE)):
                for (owner, name), label in labels.items():
                    patch.setattr(owner, name, self._inside(stack, label, getattr(owner, name)))
            for bert in (BertModel, PackedBert):
                patch.setattr(bert, "forward", self._recorded(bert.forward))
            yield

    @staticmethod
    def _inside(stack: list[str], label: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def labelled(*arguments: Any, **named: Any) -> Any:
            stack.append(label)
            try:
                return call(*arguments, **named)
            finally:
                stack.pop()

        return labelled

    def _recorded(self, compute: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(compute)
        def recorded(bert: BertModel | PackedBert, **named: Any) -> Any:
            assert set(named) <= _INPUTS
            self._rows[self._stages[-1], self._parts[-1]] |= self._batch(named)
            return compute(bert, **named)

        return recorded

    def _batch(self, named: Mapping[str, Any]) -> set[Row]:
        ids, mask, positions = named["input_ids"], named.get("attention_mask"), named.get("position_ids")
        masks = (ids.new_ones(ids.shape) if mask is None else mask).tolist()
        columns = ids.new_tensor(range(ids.shape[1])) if positions is None else positions
        numbers = (ids, named["token_type_ids"], columns.expand(ids.shape))
        found = set()
        for mask, *row in zip(masks, *(one.tolist() for one in numbers), strict=True):
            size = sum(mask)
            assert mask == [1] * size + [0] * (len(mask) - size)
            assert set(row[0][size:]) <= {self._pad_id}
            found.add(Row(*(tuple(one[:size]) for one in row)))
        return found
