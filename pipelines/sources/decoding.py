"""Bytes of a person's text file to text, whatever editor wrote it."""

import codecs
from typing import Final

from pipelines.sources.base import tidy_text

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))  # in no single-byte text


def decoded(data: bytes) -> tuple[str, str]:
    """The text and, if something was mended, what; text is UTF-8, unless a mark says UTF-16 or UTF-32.

    What is not UTF-8 is read as the single-byte encoding that it looks most like, Windows-1252 or MacRoman, and UTF-8
    that was once taken for one of those ("CafÃ©") is put right.

    Raises:
        ValueError: the bytes are no text.
    """
    import ftfy

    mark, encoding = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", ""))
    if encoding:
        return tidy_text(data.removeprefix(mark).decode(encoding)), "" if encoding == "utf-8" else encoding
    if len(data.translate(None, _CONTROLS)) < len(data):
        raise ValueError("it holds control characters, as no text does")
    try:
        text = data.decode("utf-8")
        encoding = ""
    except UnicodeDecodeError:
        text, encoding = ftfy.guess_bytes(data)
    mended = ftfy.fix_encoding(text)
    return tidy_text(mended), encoding or ("mojibake" if mended != text else "")
