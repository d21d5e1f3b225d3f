"""Weights that run code where they are unpickled, written byte by byte, as nothing here makes pickles."""

import io
import zipfile
from pathlib import Path


def write_trap(path: Path, copy: Path, *, zipped: bool = False) -> None:
    """Writes a dictionary of one weight, which is no tensor but the call `shutil.copyfile(path, copy)`.

    Args:
        path: the weights, as torch writes them now (`zipped`) or, but for what comes behind, before 1.6.
        copy: what is made where they are loaded without protection.
        zipped: whether in torch's archive.
    """
    call = b"cshutil\ncopyfile\n" + _text(str(path)) + _text(str(copy)) + b"\x86R"  # function, arguments, the call
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
