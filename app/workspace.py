"""Which snapshot, index, blocks and model a command speaks from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from realm import params as parameters
from realm.errors import MismatchError, UserError, first_line, sentence_of
from realm.params import Params
from realm.paths import DataPaths

MODELS = ("qa_realm", "realm", "qa_ict", "ict")  # where a question encoder that fits an index is looked for, in order

UNREAD = (UserError, OSError)  # what stops the reading of one artefact, and need not stop that of the others


@dataclass(frozen=True)
class Knowledge:
    """An index version and the blocks it was built from.

    Attributes:
        name: the snapshot, or the index directory that a person named.
        index: directory of the index version.
        blocks: directory of the blocks.
    """

    name: str
    index: Path
    blocks: Path


class Workspace:
    """A parameter file and the data root below which everything lies."""

    def __init__(self, params_path: Path, data: Path | None) -> None:
        """`data` goes before the data root that the parameter file names."""
        self.params_path = params_path
        self._data = data

    def params(self) -> Params:
        """The parameter file."""
        return parameters.load(self.params_path)

    @property
    def paths(self) -> DataPaths:
        """The layout below the data root."""
        return DataPaths(self._data or Path(self.params().value("data")))

    def snapshots(self) -> list[str]:
        """The snapshots of the parameter file, oldest first."""
        return list(parameters.snapshots(self.params()))

    def snapshot(self, as_of: str | None) -> str:
        """The snapshot to speak from: `knowledge_snapshot`, or the newest one that is not after `as_of`.

        Raises:
            UserError: every snapshot is after `as_of`.
        """
        if as_of is None:
            return self.params().value("knowledge_snapshot")
        known = self.snapshots()
        fitting = [name for name in known if name <= as_of]
        if not fitting:
            raise UserError(
                f"No snapshot is as old as {as_of}: {self.params_path} lists {', '.join(known)}. "
                "Ask for a later date, or add an older snapshot."
            )
        return fitting[-1]

    def knowledge(self, *, as_of: str | None, index: Path | None, blocks: Path | None) -> Knowledge:
        """What to search: a snapshot's index and blocks, or the directories that a person names.

        Raises:
            UserError: it is not built, or only one of the two directories is named.
        """
        if index is None and blocks is None:
            name = self.snapshot(as_of)
            return Knowledge(name=name, index=self.require_index(name), blocks=self.require_blocks(name))
        if index is None or blocks is None:
            raise UserError("--index and --blocks belong together: name the index and the blocks it was built from.")
        return Knowledge(name=str(index), index=require_manifest(index), blocks=require_manifest(blocks))

    def built(self, kind: str) -> list[str]:
        """Names of the finished artefacts of a kind (`blocks`, `index`, `models`), sorted."""
        return sorted(path.parent.name for path in (self.paths.root / kind).glob("*/manifest.json"))

    def versions(self) -> list[str]:
        """Names of what lies where index versions do, finished or not, sorted; what stands for no version is none."""
        found = [path.name for path in (self.paths.root / "index").glob("*") if path.is_dir()]
        return sorted(name for name in found if name != parameters.NO_SNAPSHOT and not name.startswith("."))

    def require_index(self, name: str) -> Path:
        """The directory of index version `name`.

        Raises:
            UserError: it is not built; the message says which are.
        """
        return self._require("index", self.paths.index(name))

    def require_blocks(self, snapshot: str) -> Path:
        """The blocks directory of `snapshot`.

        Raises:
            UserError: it is not built; the message says which are.
        """
        return self._require("blocks", self.paths.blocks(snapshot))

    def fitting_model(self, index: Path) -> Path:
        """The first model whose question encoder belongs to the blocks' vectors in `index`.

        Raises:
            UserError: a manifest is damaged.
            MismatchError: none does.
        """
        from realm.manifest import read_manifest

        wanted = read_manifest(index, kind="index").made_from.get("block_encoder")
        for name in MODELS:
            directory = self.paths.model(name)
            if (directory / "manifest.json").is_file() and block_encoder_of(directory) == wanted:
                return directory
        raise MismatchError(
            f"{index} was made with block encoder {wanted}, and no model in {self.paths.root / 'models'} fits it. "
            "Name the one it was made with by --model, or run `make repro`."
        )

    def _require(self, kind: str, directory: Path) -> Path:
        if not (directory / "manifest.json").is_file():
            built = ", ".join(self.built(kind)) or "none"
            raise UserError(
                f"There is no {kind} at {directory} (built: {built}). Run `make repro`, or name a built one."
            )
        return directory


def require_manifest(directory: Path) -> Path:
    """Checks that a directory that a person named is a finished artefact.

    Raises:
        UserError: it is not.
    """
    if not (directory / "manifest.json").is_file():
        raise UserError(
            f"{directory} has no manifest.json, so it is no finished artefact. Name the directory it is in."
        )
    return directory


def block_encoder_of(model: Path) -> str | None:
    """Fingerprint of the block encoder that a model was tuned against or holds, as its manifest says.

    Raises:
        UserError: the manifest is damaged.
    """
    from realm.manifest import read_any_manifest

    manifest = read_any_manifest(model)
    found = manifest.made_from.get("block_encoder") or manifest.facts.get("block_encoder")
    return str(found) if found else None


def problem_of(error: UserError | OSError) -> str:
    """Why an artefact could not be read, in a sentence whatever the reason."""
    other = f"It cannot be read ({first_line(error)}). Try again, or restore it with `dvc checkout`."
    return sentence_of(error) or other


def parse_date(text: str | None, option: str) -> str | None:
    """Checks a date of the command line and returns it as YYYY-MM-DD.

    Raises:
        UserError: it is no date of the calendar.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UserError(f"{option} '{text}' is not a date; write it as YYYY-MM-DD, such as 2020-01-31.") from None


def require_positive(value: int, option: str) -> int:
    """Checks a count of the command line.

    Raises:
        UserError: it is below 1.
    """
    if value < 1:
        raise UserError(f"{option} is {value}; ask for at least 1.")
    return value


def require_text(text: str, what: str) -> str:
    """Checks that something was asked.

    Raises:
        UserError: there is no letter or digit in it.
    """
    if not any(char.isalnum() for char in text):
        raise UserError(f"The {what} '{text}' has no word in it; write one, in quotes.")
    return text
