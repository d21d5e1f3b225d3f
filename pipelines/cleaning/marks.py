"""Private-use characters that carry structure from the scanner to the line stage, inside the text itself.

Input that holds such characters loses them first, so a mark always is ours. The scanner leaves simple links as they
are and writes the others as `LINK_OPEN target LINK_BAR anchor LINK_CLOSE`. Within a line, a link is then
`number anchor LINK_CLOSE`, `number` being one character that counts the line's links.
"""

import re
from typing import Final

LINK_OPEN: Final = "\ue000"
LINK_CLOSE: Final = "\ue001"
HOLE: Final = "\ue002"  # something was dropped here, inline
BROKEN: Final = "\ue003"  # markup that is never closed begins here
BAR: Final = "\ue004"  # a "|" that does not separate arguments
LINK_BAR: Final = "\ue005"  # between a link's target and its anchor
ASIDE_OPEN: Final = "\ue007"  # a pronunciation begins here, which is left out in brackets
ASIDE_CLOSE: Final = "\ue008"
SOMETHING: Final = "\ue006"  # stands for text that is not looked at
LAST_MARK: Final = "\ue00f"

FIRST_NUMBER: Final = 0xE100
LAST_NUMBER: Final = 0xF8FF
MAX_LINKS_IN_LINE: Final = LAST_NUMBER - FIRST_NUMBER + 1
LINK_NUMBERS: Final = f"{chr(FIRST_NUMBER)}-{chr(LAST_NUMBER)}"
LINK_PARTS = re.compile(f"([{LINK_NUMBERS}{LINK_CLOSE}])")
ANY_MARK = re.compile("[\ue000-\uf8ff]+")

# Private use, controls, soft hyphens, directional marks, byte order marks, lone surrogates: never prose.
_INVISIBLE: Final = "\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
UNWANTED = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f{_INVISIBLE}\ue000-\uf8ff\ufffe\uffff\ud800-\udfff\U000f0000-\U0010ffff]+"
)
# Bytes of UTF-8 that begin, or are, what must not reach the scanner; few texts without any of them hold one.
SUSPICIOUS_BYTES: Final = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xEE, 0xEF, 0xF3, 0xF4])
