"""Embeds in a process whose address space may not grow by more than a few MB; run by test_embedding.py."""

import json
import resource
import sys
from pathlib import Path

import torch

from realm.embedding import OutOfRoomError, embed_inputs
from realm.inputs import TokenInput
from realm.model import Embedder

MORE_BYTES = 16 << 20


def main() -> None:
    torch.set_num_threads(1)
    embedder = Embedder.from_pretrained(sys.argv[1])
    inputs = [TokenInput(ids=(2, *range(5, 55), 3), segments=(0,) * 52) for _ in range(6)]
    embed_inputs(embedder, inputs[:1], pad_id=0, lengths=(64,), batch_size=1)  # starts the libraries
    most = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0]) * resource.getpagesize() + MORE_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        embed_inputs(embedder, inputs, pad_id=0, lengths=(64,), batch_size=2048)
        said = "there was room"
    except OutOfRoomError as error:
        said = str(error)
    small = embed_inputs(embedder, inputs, pad_id=0, lengths=(64,), batch_size=2)
    print(json.dumps({"large": said, "small": list(small.shape)}))


if __name__ == "__main__":
    main()
