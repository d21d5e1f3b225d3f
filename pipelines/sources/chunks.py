"""What readers of files hand on: bytes, and reports of what could not be read."""

from dataclasses import dataclass
from typing import Final

CUT_FILE: Final = "file cut short"
DAMAGED_FILE: Final = "file damaged"
FILE_DAMAGE: Final = frozenset({CUT_FILE, DAMAGED_FILE})  # of any file, whatever its source


@dataclass(frozen=True)
class Chunk:
    """Decompressed bytes.

    Attributes:
        data: the bytes.
        offset: place in the file they come from: of the bz2 block, or of the bytes themselves.
        owned: whether they lie in the range asked for; what follows is there to finish what began in it.
        exact: the file holds the bytes as they are, from `offset` on.
    """

    data: bytes
    offset: int
    owned: bool
    exact: bool = False


@dataclass(frozen=True)
class Damage:
    """Something could not be read; what was begun before it is lost.

    Attributes:
        offset: place in the file.
        reason: a few words, the same for all damage of a kind.
        detail: what exactly.
        owned: whether it lies in the range asked for; if not, the range that it lies in reports it.
        lost: bytes of the file that could not be read; 0 if unknown, or if only one page or line is lost.
    """

    offset: int
    reason: str
    detail: str
    owned: bool = True
    lost: int = 0
