"""What the command says when nothing can be read: what was dropped, why, the first of it, and where the rest is."""

import re
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.corpus.__main__ import main
from pipelines.corpus.run import Models
from realm.errors import UserError

ROOT = Path(__file__).parents[3]
LINE = b'{"id": "1", "title": "Avern", "text": "Avern is a town."}\n'


@pytest.mark.parametrize(
    ("source", "name", "data", "dropped", "first"),
    [
        ("text", "a.jsonl", b'{"text": "A town."}\n' * 3, "broken line 3", r"a\.jsonl:1 \(broken line, 'title' is"),
        ("text", "b.jsonl", b'{"id": "1", "ti\n', "broken line 1", r"b\.jsonl:1 \(broken line, "),
        ("text", "c.jsonl", LINE.decode().encode("utf-16"), r"broken line \d", r"c\.jsonl:1 \(broken line, "),
        ("text", "d.jsonl", LINE.replace(b"Avern is a town.", b""), "empty text 1", r"1 \(empty text, d\.jsonl:1"),
        ("kelm", "e.jsonl", b'{"reference": "Avern\n\n' * 2, "broken line 2", r"e\.jsonl:1 \(broken line, "),
        ("ccnews", "f.warc.gz", b"no archive", r"[a-z ]+1", r"f\.warc\.gz@\d+ \("),
    ],
)
def test_inputs_of_which_nothing_can_be_read_are_told_with_reasons_and_kept(
    source: str,
    name: str,
    data: bytes,
    dropped: str,
    first: str,
    models: Models,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    params = (ROOT / "params.yaml").read_text(encoding="utf-8").replace("\ndata: data ", "\ndata: store ")
    (tmp_path / "params.yaml").write_text(params, encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    command = ["pipelines.corpus", "--source", source, "--input", name, "--output", "blocks"]
    told = []
    for tokenizer in ([], ["--tokenizer", str(models.tokenizer)]):
        monkeypatch.setattr(sys, "argv", [*command, "--tagger", "rules", *tokenizer])
        with pytest.raises(
            UserError, match=rf"No article came out of {name} \(dropped: {dropped}\).*{first}"
        ) as raised:
            main()
        told.append(str(raised.value))
        kept = pq.read_table(re.search(r"all are in (\S+)\.$", told[-1])[1]).to_pylist()  # type: ignore[index]
        assert kept[0]["reason"] in told[-1]
        assert not (tmp_path / "blocks").exists()
    assert told[0] == told[1]  # whether or not a tokenizer was to be trained first
