"""A small world for the Open-QA tests: a corpus at two dates, its models, and questions."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import torch

from index.build import build_index
from index.config import GateConfig
from realm.manifest import read_manifest, write_manifest
from realm.model import Embedder, KnowledgeAugmentedEncoder, Retriever
from realm.paths import DataPaths
from realm.schema import BLOCK_SCHEMA, Block, block_id
from realm.storage import publish_directory
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.index.world import CONFIG
from tests.tiny import tiny_config
from train.finetune import FinetuneConfig
from train.reading import ReadingSettings
from train.steps import Schedule

OLD, NEW = "2018-12-20", "2020-01-20"
TOWNS = ("Ardel", "Bromor", "Celvin", "Dunmar", "Eskil", "Farnoth", "Gelden", "Hartun")
MAYORS = ("Ada Quill", "Ben Roth", "Cora Dune", "Dov Marsh", "Ema Stone", "Finn Wood", "Gus Hale", "Hana Lake")
CHANGED = {"Ardel": "Zoe Vane"}  # the mayor in the new snapshot
REMOVED = "Hartun"

INDEX = replace(
    CONFIG,
    probes=1,
    embed=replace(CONFIG.embed, lengths=(64, 288), batch_size=4, item_blocks=8, max_restarts=0),
    gate=GateConfig(probes=4, min_cosine=0.999, queries=4, k=2, recall_floor=1.0),
)
FINETUNE = FinetuneConfig(
    questions="train.jsonl",
    questions_format="nq_open",
    questions_per_step=8,
    retriever_beam=5000,
    reading=ReadingSettings(question_length=32, joint_length=96, reader_beam=3),
    schedule=Schedule(steps=120, learning_rate=3e-3, weight_decay=0.01, seed=1, log_every=40),
)


def bodies(mayors: dict[str, str]) -> dict[str, str]:
    return {
        town: f"{town} lies by the sea. The mayor of {town} is {mayor}. It was founded in {1800 + number}."
        for number, (town, mayor) in enumerate(mayors.items())
    }


def build_world(root: Path) -> DataPaths:
    """Writes tokenizer, corpora, questions, models `bert` and `realm`, and both indices below `root`."""
    data = DataPaths(root)
    mayors = dict(zip(TOWNS, MAYORS, strict=True))
    renewed = {town: CHANGED.get(town, mayor) for town, mayor in mayors.items() if town != REMOVED}
    texts = [*bodies(mayors).values(), *bodies(renewed).values(), "who is the mayor of the town when was it founded"]
    train_wordpiece(texts * 5, vocab_size=400, lowercase=True, output=data.model("tokenizer"))
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    write_corpus(data.blocks(OLD), bodies(mayors), tokenizer, date=OLD)
    write_corpus(data.blocks(NEW), bodies(renewed), tokenizer, date=NEW)
    write_questions(data.questions, mayors)
    write_models(data, tokenizer)
    for snapshot, previous in ((OLD, None), (NEW, data.index(OLD))):
        build_index(
            blocks=data.blocks(snapshot),
            model=data.model("realm"),
            tokenizer=data.model("tokenizer"),
            previous=previous,
            output=data.index(snapshot),
            config=INDEX,
            cache=data.cache("embed", "shared"),
        )
    return data


def write_corpus(output: Path, texts: dict[str, str], tokenizer: Tokenizer, *, date: str) -> None:
    blocks = [
        Block(
            block_id=block_id(source="wikipedia", title=title, body=body),
            source="wikipedia",
            doc_id=title,
            revision_id=f"{title}@{date}",
            date=date,
            lang="en",
            outlet="",
            title=title,
            aliases=(),
            url=f"https://example.org/{title}",
            ordinal=0,
            body=body,
            char_start=0,
            char_end=len(body),
            title_ids=tuple(tokenizer.encode(title).ids),
            body_ids=tuple(tokenizer.encode(body).ids),
            sentences=(),
            spans=(),
        )
        for title, body in texts.items()
    ]
    with publish_directory(output) as beside:
        table = pa.Table.from_pylist([asdict(block) for block in blocks], schema=BLOCK_SCHEMA)
        pq.write_table(table, beside / "wikipedia-0000.parquet", row_group_size=3)
        write_manifest(beside, kind="corpus", made_from={"tokenizer": tokenizer.fingerprint}, facts={})


def write_questions(directory: Path, mayors: dict[str, str]) -> None:
    directory.mkdir(parents=True)
    asked = {town: f"who is the mayor of {town.lower()}?" for town in mayors}
    lines = [{"question": asked[town], "answer": [mayor]} for town, mayor in mayors.items()]
    lines += [
        {"question": f"when was {town.lower()} founded?", "answer": [str(1800 + i)]} for i, town in enumerate(mayors)
    ]
    changed = [
        {"question": asked[town], "answer": [after], "answer_before": [mayors[town]]} for town, after in CHANGED.items()
    ]
    for name, records in (("train", lines), ("test", lines[1:7]), ("changed", changed)):
        text = "".join(json.dumps(record) + "\n" for record in records)
        (directory / f"{name}.jsonl").write_text(text, encoding="utf-8")


def write_models(data: DataPaths, tokenizer: Tokenizer) -> None:
    vocabulary = {"vocab_size": tokenizer.vocab_size, "pad_token_id": tokenizer.pad_id}
    reader = {"reader_hidden_size": 32, "max_span_width": 8}
    torch.manual_seed(0)
    config = tiny_config(dropout=False, num_hidden_layers=2, **vocabulary, **reader)
    embedder, encoder = Embedder(config), KnowledgeAugmentedEncoder(config)
    with publish_directory(data.model("realm")) as beside:
        Retriever(embedder, embedder).save(beside)
        encoder.save_pretrained(beside / "encoder")
        write_manifest(beside, kind="model", made_from={"tokenizer": tokenizer.fingerprint}, facts={})


def index_fingerprint(directory: Path) -> str:
    return read_manifest(directory, kind="index").fingerprint
