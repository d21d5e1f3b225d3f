"""Bodies of HTTP responses: chunks and compression undone in bounded memory, bytes decoded to text.

Headers lie: archives often hold a body already decoded under the headers of the encoded one. Such a body is taken
as it is; one that begins as its header says and then breaks is refused.
"""

import re
import zlib
from typing import Final

from pipelines.news.archive import Response

_CHUNK_LINE: Final = re.compile(rb"\s{0,4}([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})")
_TOO_LONG: Final = "page too long"
_CHUNKS: Final = "broken chunks"
_COMPRESSION: Final = "broken compression"
_ENCODING: Final = "broken encoding"
BODY_DAMAGE: Final = frozenset({_TOO_LONG, _CHUNKS, _COMPRESSION, _ENCODING})
_REPLACED: Final = "\ufffd"
MAX_REPLACED_SHARE: Final = 0.01  # more unreadable characters than this, and the encoding is not what it says


class BodyError(ValueError):
    """A body that cannot be decoded; the message says why, `reason` names the kind."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def decoded_text(response: Response, *, max_bytes: int) -> str:
    """The page's HTML as text.

    Raises:
        BodyError: the body breaks off or is longer than `max_bytes`, packed or unpacked, or its characters cannot
            be read.
    """
    if len(response.body) > max_bytes:
        raise BodyError(_TOO_LONG, f"more than {max_bytes} bytes")
    body = response.body
    if "chunked" in response.transfer_encoding:
        body = _without_chunks(body, cut=response.truncated)
    for name in reversed([part.strip() for part in response.content_encoding.split(",") if part.strip()]):
        body = _uncompressed(body, name, max_bytes=max_bytes, cut=response.truncated)
    return _characters(body, response.content_type)


def _without_chunks(body: bytes, *, cut: bool) -> bytes:
    if not _CHUNK_LINE.match(body):
        return body  # decoded before it was archived
    pieces: list[bytes] = []
    place = 0
    while line := _CHUNK_LINE.match(body, place):
        size = int(line.group(1), 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[line.end() : line.end() + size])
        place = line.end() + size
    if cut:
        return b"".join(pieces)
    raise BodyError(_CHUNKS, f"no chunk begins at byte {place} of a body of {len(body)}")


def _uncompressed(body: bytes, name: str, *, max_bytes: int, cut: bool) -> bytes:
    if name in {"gzip", "x-gzip", "deflate"}:
        return _inflated(body, name, max_bytes=max_bytes, cut=cut)
    if name == "br":
        return _unbrotlied(body, max_bytes=max_bytes, cut=cut)
    if name == "zstd":
        return _unzstandarded(body, max_bytes=max_bytes)
    return body  # identity, none, utf-8 … stand there too


def _inflated(body: bytes, name: str, *, max_bytes: int, cut: bool) -> bytes:
    if not (body.startswith(_GZIP) or (name == "deflate" and not _looks_like_html(body))):
        return body  # decoded before it was archived
    try:
        decoder, out = _first_bytes(body, max_bytes + 1)
    except zlib.error as error:
        raise BodyError(_COMPRESSION, f"{name}: {error}") from error
    return _checked(out, name, max_bytes=max_bytes, ended=decoder.eof or cut)


def _first_bytes(body: bytes, limit: int) -> tuple["zlib._Decompress", bytes]:
    if body.startswith(_GZIP):
        decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return decoder, decoder.decompress(body, limit)
    try:
        decoder = zlib.decompressobj()
        return decoder, decoder.decompress(body, limit)
    except zlib.error:  # some servers leave out the zlib header that `deflate` means
        decoder = zlib.decompressobj(-zlib.MAX_WBITS)
        return decoder, decoder.decompress(body, limit)


def _unbrotlied(body: bytes, *, max_bytes: int, cut: bool) -> bytes:
    if _looks_like_html(body):
        return body
    import brotli

    decoder = brotli.Decompressor()
    try:
        out = decoder.process(body, output_buffer_limit=max_bytes + 1)
    except brotli.error as error:
        raise BodyError(_COMPRESSION, f"br: {error}") from error
    return _checked(out, "br", max_bytes=max_bytes, ended=decoder.is_finished() or cut)


def _unzstandarded(body: bytes, *, max_bytes: int) -> bytes:
    if not body.startswith(_ZSTD):
        return body
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True) as reader:
            out = reader.read(max_bytes + 1)
    except zstandard.ZstdError as error:
        raise BodyError(_COMPRESSION, f"zstd: {error}") from error
    return _checked(out, "zstd", max_bytes=max_bytes, ended=True)


def _checked(out: bytes, name: str, *, max_bytes: int, ended: bool) -> bytes:
    if len(out) > max_bytes:
        raise BodyError(_TOO_LONG, f"more than {max_bytes} bytes when unpacked ({name})")
    if not ended:
        raise BodyError(_COMPRESSION, f"{name}: the data end in mid-stream")
    return out


def _looks_like_html(body: bytes) -> bool:
    return body[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _characters(body: bytes, content_type: str) -> str:
    """Decodes by byte order mark, HTTP header, the page's own `<meta>`, or what the bytes look like, in this order."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding, map_encoding_to_html5

    named = _CHARSET.search(content_type)
    encoding = map_encoding_to_html5(named.group(1), fallback_utf8=False) if named else None
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or encoding is None:
        encoding = detect_encoding(body, from_html_meta=True)
    encoding = encoding or "utf-8"
    text = str(bytes_to_str(body, encoding, errors="replace", fallback_encodings=()))
    if _REPLACED not in text:
        return text
    guessed = detect_encoding(body) or "utf-8"
    other = str(bytes_to_str(body, guessed, errors="replace", fallback_encodings=()))
    best = min(text, other, key=lambda one: one.count(_REPLACED))
    if best.count(_REPLACED) > MAX_REPLACED_SHARE * len(best):
        raise BodyError(_ENCODING, f"the characters are neither {encoding} nor {guessed}")
    return best
