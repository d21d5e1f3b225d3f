"""A person's own text: JSON lines, passages in DPR's layout (`psgs_w100.tsv`), folders of text and Markdown files."""

import os
from collections.abc import Iterator, Sequence
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
    natural,
    refuse_odd_name,
)
from pipelines.sources.checksums import is_list
from pipelines.sources.json_lines import read_json_lines
from pipelines.sources.lines import LINE_DAMAGE
from pipelines.sources.loose_files import (
    LOOSE,
    NO_TEXT,
    PACKED,
    TOO_LARGE,
    bare_suffix,
    is_hidden,
    names_below,
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
        lines = [(root / name, name) for root, name in found if _is_lines(name)]
        for file, path in lines:
            if bare_suffix(path) == ".tsv":
                check_columns(file, path)
        loose: dict[Path, list[Member]] = {}
        for root, name in found:
            if not _is_lines(name):
                loose.setdefault(root, []).append(Member(name, (root / name).stat().st_size if _is_read(name) else 0))
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


def _files(inputs: Sequence[Path]) -> list[tuple[Path, str]]:
    """All files of `inputs`, as folder and name below it, in the order of their names.

    Raises:
        UserError: an input is missing, or there is nothing to read.
    """
    found: dict[str, tuple[Path, str]] = {}
    for path in inputs:
        if not path.exists():
            raise UserError(f"{path} does not exist. Name a file or a folder that source 'text' can read.")
        root, names = (path, names_below(path)) if path.is_dir() else (path.parent, [path.name])
        for name in names:
            refuse_odd_name(name)
            if _is_read(name) and not (root / name).exists():
                raise UserError(f"{root / name} is a link to a file that is not there. Mend or remove it.")
            if not is_list(root / name):
                found.setdefault(os.path.realpath(root / name), (root, name))  # what is named twice is read once
    if not any(_is_read(name) for _, name in found.values()):
        raise UserError(
            f"Source 'text' finds no file in {', '.join(map(str, inputs)) or 'no input'}. Files must end in "
            f"{', '.join((*_LINES, *LOOSE))}, or in one of these and {', '.join(PACKED)}."
        )
    return sorted(found.values(), key=lambda pair: natural(pair[1]))


def _is_read(name: str) -> bool:
    return bare_suffix(name) in (*_LINES, *LOOSE) and not is_hidden(name)


def _is_lines(name: str) -> bool:
    return bare_suffix(name) in _LINES and not is_hidden(name)
