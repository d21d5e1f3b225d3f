"""Private-use characters that carry structure from the scanner to the line stage, inside the text itself.

Input that holds such characters loses them first, so a mark always is ours. A link is
`LINK_OPEN high low anchor LINK_CLOSE`, where `high` and `low` are two digits of its number in the list of targets.
"""

import re
from typing import Final

LINK_OPEN: Final = "\ue000"
LINK_CLOSE: Final = "\ue001"
HOLE: Final = "\ue002"  # something was dropped here, inline
BROKEN: Final = "\ue003"  # markup that is never closed begins here
BAR: Final = "\ue004"  # a "|" that does not separate arguments

_DIGIT_ZERO: Final = 0xE100
_DIGITS: Final = 0x1000
MAX_LINKS: Final = _DIGITS * _DIGITS

# Private use, controls, soft hyphens, directional marks, byte order marks, lone surrogates: never prose.
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ue000-\uf8ff\ufeff\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]+"
)
LINK_PARTS = re.compile(f"({LINK_OPEN}..|{LINK_CLOSE})", re.DOTALL)
ANY_MARK = re.compile("[\ue000-\uf8ff]+")


def link_mark(number: int) -> str:
    """The characters that open link `number`."""
    high, low = divmod(number, _DIGITS)
    return LINK_OPEN + chr(_DIGIT_ZERO + high) + chr(_DIGIT_ZERO + low)


def link_number(mark: str) -> int:
    """The number in a link's opening characters."""
    return (ord(mark[1]) - _DIGIT_ZERO) * _DIGITS + ord(mark[2]) - _DIGIT_ZERO
