"""A retriever that is taken as it is, in place of one that ICT trains."""

from pathlib import Path

from realm.errors import UserError
from realm.manifest import require_same
from realm.model import Retriever
from realm.paths import DataPaths
from realm.storage import write_json
from realm.tokenizer import Tokenizer
from train.models import model_manifest
from train.steps import write_curve


def take_retriever(
    checkpoint: str, data: DataPaths, tokenizer: Tokenizer, *, workdir: Path, curves: tuple[str, ...]
) -> None:
    """Puts the retriever of `checkpoint` into `workdir`, and writes curves without points.

    Args:
        checkpoint: a directory that `train.import_realm` or a stage wrote.
        data: where metrics and curves go.
        tokenizer: of the run.
        workdir: what the stage publishes.
        curves: that the stage writes, by their names below `data/plots`.

    Raises:
        UserError: there is none, or it is damaged.
        MismatchError: it was made with another tokenizer.
    """
    directory = Path(checkpoint).expanduser()
    if not directory.is_dir():
        raise UserError(
            f"ict.checkpoint: '{checkpoint}' is no directory. Name what `python -m train.import_realm` wrote."
        )
    manifest = model_manifest(directory)
    require_same(
        "tokenizer",
        left=f"ict.checkpoint {checkpoint}",
        left_value=manifest.made_from["tokenizer"],
        right="this run's tokenizer (set tokenizer.checkpoint to the one beside it)",
        right_value=tokenizer.fingerprint,
    )
    Retriever.load(directory).save(workdir)
    for name in curves:
        write_curve([], data.plots(name))
    write_json(data.metrics("ict"), {"checkpoint": checkpoint})
