"""Weights that run code where they are unpickled, written byte by byte, as nothing here makes pickles."""

import io
import zipfile
from pathlib import Path


def write_trap(path: Path, directory: Path, *, zipped: bool = False) -> None:
    """Writes a dictionary of one weight, which is no tensor but the call `os.mkdir(directory)`.

    Args:
        path: the weights, as torch writes them now (`zipped`) or, but for what comes behind, before 1.6.
        directory: what is made where they are loaded without protection.
        zipped: whether in torch's archive.
    """
    call = b"cos\nmkdir\n" + _text(str(directory)) + b"\x85R"  # the function, its only argument, and the call
    code = b"\x80\x02}" + _text("bert.embeddings.word_embeddings.weight") + call + b"s."
    path.write_bytes(_archive(code) if zipped else code)


def _text(value: str) -> bytes:
    data = value.encode()
    return b"X" + len(data).to_bytes(4, "little") + data


def _archive(code: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in (("data.pkl", code), ("byteorder", b"little"), ("version", b"3\n")):
            archive.writestr(f"weights/{name}", content)
    return data.getvalue()
