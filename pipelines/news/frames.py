"""What parent and extraction process say to each other: frames of a JSON header and a text, over pipes."""

import json
import struct
from typing import IO, Any, Final

_LENGTHS: Final = struct.Struct("<II")


def write_frame(stream: IO[bytes], header: dict[str, Any], text: str = "") -> None:
    """Sends one frame."""
    head, body = json.dumps(header).encode(), text.encode("utf-8", "replace")
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[dict[str, Any], str] | None:
    """Receives one frame; None if the other side is gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) + len(body) < head_length + body_length:
        return None
    return json.loads(head), body.decode("utf-8")
