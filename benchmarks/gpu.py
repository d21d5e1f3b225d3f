"""What of a GPU's matrix rate embedding and training reach: BERT-base with random weights, inputs of 288 wordpieces.

    python -m benchmarks.gpu --output gpu.json
    python -m benchmarks.gpu --cpu                # a tiny model on the CPU, to see that it runs

Needs torch, transformers and pyarrow only. Operations are counted by formula: those of the matrix products and of
attention, nothing else; a training step counts three times the forward pass.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch

from realm.embedding import OutOfRoomError, embed_in_shapes
from realm.errors import UserError, main_guard
from realm.inputs import TokenInput, pad_batch
from realm.model import Embedder, KnowledgeAugmentedEncoder, RealmConfig
from realm.precision import ResolvedPrecision, autocast, resolve_precision, torch_dtype

LENGTH: Final = 288
WANTED: Final = 0.5
_MASKS: Final = 10
_BASE: Final = {"hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072}
_TINY: Final = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 256}


@dataclass(frozen=True)
class Sizes:
    """How much is done: of a GPU, or of the tiny run.

    Attributes:
        model: BERT's shape.
        matrices: sides of the square matrices whose best product counts as the device's rate.
        rows: rows of an embedding batch, each is tried.
        batches: of each of them.
        training_rows: rows of a training step, each is tried.
        repeats: the median of so many counts.
    """

    model: dict[str, int]
    matrices: tuple[int, ...]
    rows: tuple[int, ...]
    batches: int
    training_rows: tuple[int, ...]
    repeats: int


GPU: Final = Sizes(_BASE, (4096, 8192, 16384), (64, 128, 256, 512, 1024), 8, (16, 32, 64, 128), 5)
TINY: Final = Sizes(_TINY, (256,), (2, 4), 2, (2,), 2)


@dataclass(frozen=True)
class Figure:
    """One measurement: so many inputs of 288 wordpieces a second, and the share of the matrix rate that is."""

    what: str
    rows: int
    inputs_per_second: float
    tera_operations_per_second: float
    share: float


@dataclass(frozen=True)
class Bench:
    """What all figures of a device have in common: its types, its matrix rate, the model, and how much is done."""

    device: torch.device
    precision: ResolvedPrecision
    rate: float
    config: RealmConfig
    sizes: Sizes
    compiled: bool

    def figures(self, what: str, work: Callable[[], Any], *, rows: int, inputs: int, passes: int) -> list[Figure]:
        """The speed of `work`, which takes so many inputs so many times forward; nothing if memory ran out."""
        try:
            speed = inputs / _median_seconds(work, self.device, self.sizes.repeats)
        except (OutOfRoomError, torch.OutOfMemoryError):
            return []
        reached = speed * passes * forward_operations(self.config, LENGTH)
        return [Figure(what, rows, round(speed, 2), round(reached / 1e12, 3), round(reached / self.rate, 4))]


def forward_operations(config: RealmConfig, length: int) -> float:
    """Operations of BERT's forward pass of one input: two for each multiplication and addition of a matrix product."""
    hidden, inner = config.hidden_size, config.intermediate_size
    linear = 2 * length * (4 * hidden * hidden + 2 * hidden * inner)  # query, key, value, output; up, down
    attention = 2 * 2 * length * length * hidden  # scores, and their mean of the values
    return float(config.num_hidden_layers * (linear + attention))


def measure(device: torch.device, sizes: Sizes, *, compiled: bool) -> dict[str, Any]:
    """All figures of a device, as they are written."""
    precision = resolve_precision("auto", device)
    rate = max(_matrix_rate(side, device, precision, sizes.repeats) for side in sizes.matrices)
    config = RealmConfig(**sizes.model, vocab_size=30_522, projection_size=128, pooling="cls")
    bench = Bench(device, precision, rate, config, sizes, compiled)
    embedding = [
        figure
        for full, what in ((True, "embedding, nothing padded"), (False, "embedding, padded by one"))
        for rows in sizes.rows
        for figure in _embedding(bench, what, rows=rows, full=full)
    ]
    training = [figure for rows in sizes.training_rows for figure in _training(bench, rows=rows)]
    return {
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU, tiny model",
        "torch": torch.__version__,
        "cuda": torch.version.cuda,
        "precision": precision,
        "compiled": compiled,
        "matrix_rate_tera": round(rate / 1e12, 2),
        "model": sizes.model,
        "figures": [asdict(one) for one in embedding + training],
        "best_embedding_share": max((one.share for one in embedding), default=None),
    }


def _matrix_rate(side: int, device: torch.device, precision: ResolvedPrecision, repeats: int) -> float:
    left, right = (torch.randn(side, side, device=device, dtype=torch_dtype(precision)) for _ in range(2))
    calls = 10
    seconds = _median_seconds(lambda: [left @ right for _ in range(calls)], device, repeats)
    return calls * 2 * side**3 / seconds


def _inputs(count: int, size: int) -> list[TokenInput]:
    ids = np.random.default_rng(1).integers(1000, 30_000, size=(count, size)).tolist()
    segments = (0,) * 10 + (1,) * (size - 10)
    return [TokenInput(ids=tuple(one), segments=segments) for one in ids]


def _embedding(bench: Bench, what: str, *, rows: int, full: bool) -> list[Figure]:
    """As the index stage embeds, from wordpieces in memory to float32 vectors in memory."""
    embedder = Embedder(bench.config).to(device=bench.device, dtype=torch_dtype(bench.precision))
    if bench.compiled:
        embedder.forward = torch.compile(embedder.forward, dynamic=False)
    inputs = _inputs(rows * bench.sizes.batches, LENGTH if full else LENGTH - 1)

    def work() -> None:
        embed_in_shapes(embedder, inputs, pad_id=0, shapes={LENGTH: rows})

    return bench.figures(what, work, rows=rows, inputs=len(inputs), passes=1)


def _training(bench: Bench, *, rows: int) -> list[Figure]:
    """Steps of masked language modelling: forward, backward (which counts as two forward passes), AdamW."""
    device = bench.device
    encoder = KnowledgeAugmentedEncoder(bench.config).to(device)
    score = torch.compile(encoder.masked_log_probs, dynamic=False) if bench.compiled else encoder.masked_log_probs
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=1e-5)
    batch = {name: one.to(device) for name, one in pad_batch(_inputs(rows, LENGTH), pad_id=0).items()}
    positions = torch.arange(1, 1 + _MASKS, device=device).expand(rows, -1)
    targets = batch["input_ids"].gather(1, positions)

    def work() -> None:
        with autocast(bench.precision, device):
            loss = -score(**batch, positions=positions, targets=targets).mean()
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()

    return bench.figures("training step", work, rows=rows, inputs=rows, passes=3)


def _median_seconds(work: Callable[[], Any], device: torch.device, repeats: int) -> float:
    def once() -> float:
        begin = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        return time.perf_counter() - begin

    once(), once()  # warm up: libraries choose their kernels
    return statistics.median(once() for _ in range(repeats))


def _print(found: dict[str, Any]) -> None:
    print(
        f"{found['device']}, {found['precision']}, torch {found['torch']}: {found['matrix_rate_tera']:.2f} T/s matrices"
    )
    for one in found["figures"]:
        print(
            f"  {one['what']:26} {one['rows']:5} rows {one['inputs_per_second']:10,.1f} inputs/s "
            f"{one['tera_operations_per_second']:8.2f} T/s {one['share']:7.1%} of the matrix rate"
        )
    if found["best_embedding_share"] is not None:
        print(f"  embedding at its best: {found['best_embedding_share']:.1%} (to reach on a GPU: {WANTED:.0%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, help="JSON file for the figures")
    parser.add_argument("--cpu", action="store_true", help="a tiny model on the CPU")
    parser.add_argument("--compile", action="store_true", help="with torch.compile")
    arguments = parser.parse_args()
    if not arguments.cpu and not torch.cuda.is_available():
        raise UserError("torch sees no GPU here; --cpu runs a tiny model on the CPU instead.")
    device = torch.device("cpu" if arguments.cpu else "cuda")
    found = measure(device, TINY if arguments.cpu else GPU, compiled=arguments.compile)
    _print(found)
    if arguments.output:
        arguments.output.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main_guard(main)
