"""An earlier corpus whose rows may be taken over: found, checked, and refused where it cannot serve."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipelines.corpus.page_index import build_index, count_pages
from pipelines.corpus.pages import KIND, part_of
from realm.errors import UserError
from realm.manifest import MANIFEST_NAME, read_manifest, verify_files, write_manifest
from realm.paths import ARTICLE_PREFIX, DataPaths, is_block_part, source_of
from realm.storage import digest, file_checksum

NESTED: Final = "pages"  # folder of a corpus that lies nowhere among a project's snapshots


@dataclass(frozen=True)
class Previous:
    """An earlier corpus, as every worker gets it.

    Attributes:
        corpus: its directory.
        pages: the directory that says what became of its pages.
        index: the directory in which pages are found by their keys.
        parts: stems of its parts, in the order that the index counts them.
        checksums: name of each file of the corpus that rows are taken from to its checksum.
    """

    corpus: Path
    pages: Path
    index: Path
    parts: tuple[str, ...]
    checksums: Mapping[str, str]


def pages_of(corpus: Path) -> Path:
    """Where it stands what became of the pages of `corpus`: in it, or in a project beside all corpora."""
    nested = corpus / NESTED
    absolute = corpus.absolute()
    beside = DataPaths(absolute.parent.parent).pages(absolute.name)
    return beside if not nested.exists() and (beside / MANIFEST_NAME).exists() else nested


def open_previous(corpus: Path, *, pipelines: Mapping[str, str], data: DataPaths) -> Previous | None:
    """The corpus in `corpus`, ready to take rows from; None, with a note, if none of them can serve.

    Args:
        corpus: its directory.
        pipelines: of each source that is wanted, the pipeline that its rows must have come from.
        data: where the index of pages is kept.

    Raises:
        UserError: it is no corpus, does not say what became of its pages, or says so in damaged files.
    """
    read_manifest(corpus, kind="corpus")
    pages = pages_of(corpus)
    if not (pages / MANIFEST_NAME).exists():
        raise UserError(
            f"{corpus} does not say what became of its pages ({pages} is missing), so nothing of it can be reused. "
            "Restore it with `dvc checkout`, or leave the previous corpus out."
        )
    manifest = read_manifest(pages, kind=KIND)
    usable = {name for name, pipeline in pipelines.items() if manifest.made_from.get(name) == pipeline}
    if others := sorted(set(pipelines).difference(usable) & manifest.made_from.keys()):
        _say(f"nothing of {corpus} from {', '.join(others)} is reused: it was made with other code, settings, "
             "tokenizer or tagger")  # fmt: skip
    elif not usable:
        _say(f"nothing of {corpus} is reused: it has nothing from {', '.join(pipelines)}, or from an older version")
    if not usable:
        return None
    verify_files(pages, manifest)
    files = sorted(path for path in pages.glob("pages-*.parquet") if source_of(part_of(path)) in usable)
    if not count_pages(files):
        return None
    index = data.cache("reuse", digest(manifest.fingerprint, *sorted(usable))).resolve()
    build_index(files, index)
    checksums = {str(name): str(value) for name, value in manifest.facts["parts"].items()}
    return Previous(
        corpus=corpus.resolve(),
        pages=pages.resolve(),
        index=index,
        parts=tuple(map(part_of, files)),
        checksums=checksums,
    )


def _say(note: str) -> None:
    print(f"note: {note}", file=sys.stderr)


def stamp_pages(pages: Path, *, pipelines: Mapping[str, str], corpus: Path) -> dict[str, str]:
    """Stamps a directory of pages; `corpus` holds the parts that they belong to.

    Returns:
        The checksums of the corpus's files that were made for it, so that they need not be made again.
    """
    names = (path.name for path in corpus.glob("*.parquet"))
    parts = sorted(name for name in names if is_block_part(name) or name.startswith(ARTICLE_PREFIX))
    checksums = {name: file_checksum(corpus / name) for name in parts}
    manifest = write_manifest(pages, kind=KIND, made_from=pipelines, facts={"parts": checksums})
    if pages.parent != corpus:
        return checksums
    return checksums | {f"{pages.name}/{name}": checksum for name, checksum in manifest.files.items()}


def check_part(previous: Previous, name: str) -> Path:
    """The file `name` of the earlier corpus.

    Raises:
        UserError: it is not what it was when its pages were written down.
    """
    path = previous.corpus / name
    found = file_checksum(path) if path.exists() else "none"
    if found != previous.checksums.get(name):
        raise UserError(
            f"{path} is damaged or of another corpus than {previous.pages}: checksum {found}, there it is "
            f"{previous.checksums.get(name)}. Restore it with `dvc checkout`, or leave the previous corpus out."
        )
    return path
