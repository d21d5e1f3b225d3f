"""A person's own text: JSON lines, passages in DPR's layout (`psgs_w100.tsv`), folders of text and Markdown files."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pipelines.sources.base import (
    Member,
    Record,
    Source,
    SourceConfig,
    WorkItem,
    cut,
    item_bytes,
)
from pipelines.sources.checksums import is_list
from pipelines.sources.folders import names_below, natural, refuse_odd_name
from pipelines.sources.json_lines import read_json_lines
from pipelines.sources.lines import LINE_DAMAGE
from pipelines.sources.loose_files import (
    LOOSE,
    NO_TEXT,
    PACKED,
    TOO_LARGE,
    bare_suffix,
    is_hidden,
    pack,
    read_files,
)
from pipelines.sources.passages import ODD, check_columns, read_passages
from realm.errors import UserError

_LINES: Final = (".jsonl", ".tsv")


class Text(Source):
    """Documents of a person's own files."""

    name = "text"
    damage = LINE_DAMAGE | {ODD, NO_TEXT, TOO_LARGE}

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts files of lines into byte ranges and packs text files together; a line belongs where it begins.

        Raises:
            UserError: an input is missing, there is nothing to read, or passages have their columns in another order.
        """
        found = _files(inputs)
        lines = [(one.root / one.name, one.name) for one in found if _is_lines(one.name) and not one.same_as]
        for file, path in lines:
            if bare_suffix(path) == ".tsv":
                check_columns(file, path)
        loose: dict[Path, list[Member]] = {}
        for one in found:
            if one.same_as or not _is_lines(one.name):
                loose.setdefault(one.root, []).append(_member(one))
        others = sum(member.size for members in loose.values() for member in members)
        items = cut(lines, config, source=self.name, divisible=frozenset({"plain"}), others=others)
        size = item_bytes(sum(file.stat().st_size for file, _ in lines) + others, config)
        for root, members in loose.items():
            items += _packed(root, members, size=size, source=self.name, first=len(items))
        return items

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads the documents that begin in the item."""
        if item.members:
            return read_files(item, config)
        if bare_suffix(item.path) == ".tsv":
            return read_passages(item, config)
        return read_json_lines(item, config)


def _packed(root: Path, members: Sequence[Member], *, size: int, source: str, first: int) -> Iterator[WorkItem]:
    place = 0
    for number, group in enumerate(pack(members, size=size), start=first):
        end = place + sum(member.size for member in group)
        names = [member.name for member in group]
        path = names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}"
        yield WorkItem(source, root, path, place, end, part=f"{source}-{number:05d}", members=group)
        place = end


@dataclass(frozen=True)
class _File:
    """A file: the folder that was given, its name below, and the name of the same file, if that is read instead."""

    root: Path
    name: str
    same_as: str = ""


def _member(file: _File) -> Member:
    size = (file.root / file.name).stat().st_size if _is_read(file.name) and not file.same_as else 0
    return Member(file.name, size, file.same_as)


def _files(inputs: Sequence[Path]) -> list[_File]:
    """All files of `inputs`, in the order of their names; one that is named twice, or that links lead to, comes once.

    Raises:
        UserError: an input is missing, or there is nothing to read.
    """
    candidates = [file for path in inputs for file in _below(path)]
    candidates.sort(key=lambda file: (_is_linked(file), natural(file.name)))
    found: dict[str, _File] = {}
    again: list[_File] = []
    for file in candidates:
        place = file.root / file.name
        real = os.path.realpath(place)
        if real not in found:
            found[real] = file
        elif place.absolute() != (found[real].root / found[real].name).absolute():
            again.append(replace(file, same_as=found[real].name))
    if not any(_is_read(file.name) for file in found.values()):
        raise UserError(
            f"Source 'text' finds no file in {', '.join(map(str, inputs)) or 'no input'}. Files must end in "
            f"{', '.join((*_LINES, *LOOSE))}, or in one of these and {', '.join(PACKED)}."
        )
    return sorted([*found.values(), *again], key=lambda file: natural(file.name))


def _below(path: Path) -> Iterator[_File]:
    if not path.exists():
        raise UserError(f"{path} does not exist. Name a file or a folder that source 'text' can read.")
    root = path if path.is_dir() else path.parent
    for name, same_as in names_below(root, hidden=False) if path.is_dir() else [(path.name, "")]:
        refuse_odd_name(name)
        if _is_read(name) and not (root / name).exists():
            raise UserError(f"{root / name} is a link to a file that is not there. Mend or remove it.")
        if not is_list(root / name):
            yield _File(root, name, same_as)


def _is_linked(file: _File) -> bool:
    return os.path.realpath(file.root / file.name) != str(Path(os.path.realpath(file.root)) / file.name)


def _is_read(name: str) -> bool:
    return bare_suffix(name) in (*_LINES, *LOOSE) and not is_hidden(name)


def _is_lines(name: str) -> bool:
    return bare_suffix(name) in _LINES and not is_hidden(name)
