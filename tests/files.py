"""Files of directories under test: what they hold, and damage to them."""

from pathlib import Path

from realm.storage import directory_files


def contents(directory: Path) -> dict[str, bytes]:
    """The bytes of all files below a directory, by their relative path."""
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in directory_files(directory)}


def flip_a_byte(path: Path, position: int | None = None) -> None:
    """Flips the bits of the byte at `position`, or of the one in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if position is None else position] ^= 0xFF
    path.write_bytes(data)
