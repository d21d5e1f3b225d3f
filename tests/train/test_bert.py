"""A BERT directory as `checkpoint`, made by transformers itself, goes through every stage up to the answer."""

import dataclasses
import json
import math
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import BertConfig as PlainConfig
from transformers import BertForMaskedLM, BertModel, BertTokenizer

from index.build import run as run_index
from index.version import IndexVersion
from realm.embedding import embed_inputs
from realm.errors import UserError
from realm.inputs import block_input
from realm.model import Embedder, KnowledgeAugmentedEncoder, Retriever, block_encoder_fingerprint
from realm.paths import DataPaths
from realm.storage import read_json
from realm.tokenizer import Tokenizer, import_tokenizer, train_wordpiece
from tests.train.qa_world import FINETUNE, INDEX, MAYORS, OLD, TOWNS, bodies, write_questions
from tests.train.stages import BERT, HERE, ICT, PRETRAIN, read_curve
from tests.train.test_candidates import write_masked_blocks, write_masked_corpus
from train import bert, finetune, ict, pretrain
from train.answering import Answerer
from train.bert import RealmShape
from train.examples import open_examples
from train.held_out_words import mask_blocks

CLS = RealmShape(projection_size=16, pooling="cls", reader_hidden_size=24, max_span_width=8)
MEAN = dataclasses.replace(CLS, pooling="mean")
PLAIN = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}


def write_bert(directory: Path, model_class: type = BertForMaskedLM, **config: int) -> Path:
    """A tiny BERT with its tokenizer, as `save_pretrained` leaves them."""
    texts = list(bodies(dict(zip(TOWNS, MAYORS, strict=True))).values())
    train_wordpiece(
        [*texts, "who is the mayor of"] * 5, vocab_size=400, lowercase=True, output=directory / "vocabulary"
    )
    tokenizer = BertTokenizer(str(directory / "vocabulary" / "vocab.txt"))
    shutil.rmtree(directory / "vocabulary")
    torch.manual_seed(3)
    model = model_class(PlainConfig(**{"vocab_size": len(tokenizer) + 7, **PLAIN, **config}))  # more than are used
    tokenizer.save_pretrained(directory)
    model.save_pretrained(directory)
    return directory


def start(root: Path, checkpoint: Path, shape: RealmShape) -> DataPaths:
    """A data root with the checkpoint's tokenizer, a corpus cut with it, and stage `bert` done."""
    data = DataPaths(root / "data")
    import_tokenizer(str(checkpoint), data.model("tokenizer"), lowercase=False)
    write_masked_blocks(data)
    write_questions(data.questions, dict(zip(TOWNS, MAYORS, strict=True)))
    config = dataclasses.replace(BERT, checkpoint=str(checkpoint), realm=shape)
    bert.run(config, snapshot=OLD, data=data, cluster=HERE)
    return data


def go_on(data: DataPaths, *, shared: bool) -> None:
    """The stages behind `bert`."""
    ict.run(dataclasses.replace(ICT, start="bert", shared_towers=shared), snapshot=OLD, data=data, cluster=HERE)
    run_index(INDEX, data, snapshot=OLD, name="ict", model="ict", previous=None)
    pretrain.run(PRETRAIN, index=INDEX, snapshot=OLD, data=data, cluster=HERE)
    run_index(INDEX, data, snapshot=OLD, name=OLD, model="realm", previous=None)
    short = dataclasses.replace(FINETUNE, schedule=dataclasses.replace(FINETUNE.schedule, steps=2))
    finetune.run(short, name="realm", snapshot=OLD, data=data, cluster=HERE)


@pytest.mark.parametrize(
    ("model_class", "shape", "shared"), [(BertModel, CLS, False), (BertForMaskedLM, MEAN, True)], ids=["cls", "mean"]
)
def test_a_bert_directory_runs_from_bert_to_the_answer(
    tmp_path: Path, model_class: type, shape: RealmShape, shared: bool
) -> None:
    data = start(tmp_path, write_bert(tmp_path / "bert", model_class), shape)
    go_on(data, shared=shared)
    (answer,) = Answerer.open(data.model("qa_realm"), data.index(OLD), data.blocks(OLD)).answer(
        ["Who is the mayor of Ardel?"], k=3
    )
    assert answer.text
    assert answer.text in answer.passages[0].text.body + answer.passages[1].text.body + answer.passages[2].text.body


def test_two_towers_stay_two_the_block_tower_embeds_blocks_and_the_query_tower_questions(tmp_path: Path) -> None:
    data = start(tmp_path, write_bert(tmp_path / "bert", BertModel), CLS)
    go_on(data, shared=False)
    retriever = Retriever.load(data.model("realm"))
    assert not retriever.shared
    index = IndexVersion.open(data.index(OLD))
    assert index.manifest.made_from["block_encoder"] == block_encoder_fingerprint(data.model("realm"))
    specials = Tokenizer.load(data.model("tokenizer")).specials
    blocks = [
        block_input(index.title_ids(row).tolist(), index.body_ids(row).tolist(), specials)
        for row in range(len(index.block_ids))
    ]
    vectors = {
        name: torch.from_numpy(embed_inputs(tower, blocks, pad_id=specials.pad, lengths=(64, 288), batch_size=4))
        for name, tower in retriever.named_children()
    }
    stored = torch.from_numpy(index.vectors[:].copy())
    torch.testing.assert_close(stored, vectors["block_embedder"])
    assert (stored - vectors["query_embedder"]).abs().max() > 1e-3

    tuned = Embedder.from_pretrained(data.model("qa_realm") / "question_embedder").state_dict()
    distances = {
        name: sum(float((tuned[key] - one).abs().sum()) for key, one in tower.state_dict().items())
        for name, tower in retriever.named_children()
    }
    assert distances["query_embedder"] < distances["block_embedder"]


def test_the_retriever_starts_from_the_checkpoints_pooler_and_both_towers_alike(tmp_path: Path) -> None:
    checkpoint = write_bert(tmp_path / "bert", BertModel)
    data = start(tmp_path, checkpoint, CLS)
    retriever = Retriever.from_checkpoint(str(data.model("bert") / "encoder"), shared=False)
    theirs = load_file(checkpoint / "model.safetensors")
    for name in ("pooler.dense.weight", "embeddings.word_embeddings.weight"):
        torch.testing.assert_close(retriever.query_embedder.bert.state_dict()[name], theirs[name])
    block = retriever.block_embedder.state_dict()
    assert all(torch.equal(one, block[name]) for name, one in retriever.query_embedder.state_dict().items())


def test_what_a_checkpoint_lacks_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = start(tmp_path / "a", write_bert(tmp_path / "plain", BertModel), CLS)
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("bert:")]
    assert said == [f"bert: '{tmp_path / 'plain'}' has no masked-language-model head: new weights, to be trained"]
    assert read_json(data.metrics("bert"))["new_weights"] == ["masked-language-model head"]

    start(tmp_path / "b", write_bert(tmp_path / "masked", BertForMaskedLM), CLS)
    assert "has no pooler: new weights" in capsys.readouterr().out
    start(tmp_path / "c", tmp_path / "masked", MEAN)
    assert "new weights" not in capsys.readouterr().out


def test_the_imported_encoder_computes_what_the_checkpoint_did(tmp_path: Path) -> None:
    checkpoint = write_bert(tmp_path / "bert", BertForMaskedLM)
    data = start(tmp_path, checkpoint, MEAN)
    ids = torch.randint(5, 60, (2, 9), generator=torch.Generator().manual_seed(0))
    ours = KnowledgeAugmentedEncoder.from_pretrained(data.model("bert") / "encoder").eval()
    theirs = BertForMaskedLM.from_pretrained(checkpoint).eval()
    torch.testing.assert_close(ours(input_ids=ids).logits, theirs(input_ids=ids).logits)


def test_weights_saved_in_half_precision_are_trained_in_float32(tmp_path: Path) -> None:
    checkpoint = write_bert(tmp_path / "bert", BertModel)
    BertModel.from_pretrained(checkpoint).half().save_pretrained(checkpoint)
    data = start(tmp_path, checkpoint, CLS)
    assert {one.dtype for one in load_file(data.model("bert") / "encoder" / "model.safetensors").values()} == {
        torch.float32
    }


def test_a_checkpoint_with_another_vocabulary_than_the_tokenizer_is_refused(tmp_path: Path) -> None:
    checkpoint = write_bert(tmp_path / "bert")
    data = start(tmp_path, checkpoint, MEAN)
    shutil.rmtree(data.model("tokenizer"))
    train_wordpiece(["other words altogether, and not many of them"] * 9, vocab_size=200, lowercase=True,
                    output=data.model("tokenizer"))  # fmt: skip
    config = dataclasses.replace(BERT, checkpoint=str(checkpoint))
    with pytest.raises(UserError, match=r"tokenizer is not that of bert\.checkpoint.*Set tokenizer\.checkpoint"):
        bert.run(config, snapshot=OLD, data=data, cluster=HERE)


def test_an_input_beyond_the_checkpoints_positions_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="checkpoint has 12 positions"):
        start(tmp_path, write_bert(tmp_path / "bert", BertModel, max_position_embeddings=12), CLS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model_type": "roberta"}, "is a model of type 'roberta'"),
        ({"hidden_size": 64}, r"its config\.json says \[64\]"),
        ({"num_attention_heads": 5}, "no divisor of hidden_size, 32"),
        ({"hidden_size": "wide"}, "hidden_size is 'wide'"),
        ({"hidden_act": "sharp"}, r"config\.json: hidden_act is 'sharp'; known are"),
        ({"is_decoder": True}, "says that it is a decoder"),
        ({"num_hidden_layers": 1}, r"16 weights that its config\.json does not speak of, first .*layer\.1\."),
        ({"type_vocab_size": 1}, r"token_type_embeddings\.weight is \[2, 32\]"),
    ],
)
def test_a_directory_that_is_no_bert_or_a_damaged_one_gets_a_sentence(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    checkpoint = write_bert(tmp_path / "bert")
    settings = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    (checkpoint / "config.json").write_text(json.dumps(settings | change), encoding="utf-8")
    with pytest.raises(UserError, match=words):
        start(tmp_path, checkpoint, MEAN)


def test_a_file_that_is_cut_off_gets_a_sentence(tmp_path: Path) -> None:
    checkpoint = write_bert(tmp_path / "bert")
    weights = (checkpoint / "model.safetensors").read_bytes()
    (checkpoint / "model.safetensors").write_bytes(weights[: len(weights) // 2])
    with pytest.raises(UserError, match=r"bert\.checkpoint: .* cannot be loaded"):
        start(tmp_path / "a", checkpoint, MEAN)
    (checkpoint / "config.json").write_text('{"model_type":', encoding="utf-8")
    with pytest.raises(UserError, match=r"config\.json is no JSON"):
        start(tmp_path / "b", checkpoint, MEAN)


def test_a_folder_of_sentence_transformers_is_found_through_its_modules(tmp_path: Path) -> None:
    write_bert(tmp_path / "whole" / "0_Transformer", BertModel)
    modules = [
        {"idx": 0, "name": "0", "path": "0_Transformer", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    ]
    (tmp_path / "whole" / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    data = start(tmp_path, tmp_path / "whole", MEAN)
    assert (data.model("bert") / "encoder" / "model.safetensors").is_file()


def test_a_name_that_only_the_hub_knows_is_a_sentence_without_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(
        UserError, match=r"tokenizer\.checkpoint: 'some-one/some-bert' is no directory here, and the hub"
    ):
        import_tokenizer("some-one/some-bert", tmp_path / "out", lowercase=True)
    with pytest.raises(UserError, match=r"'\./models/bert' is no directory"):
        import_tokenizer("./models/bert", tmp_path / "out", lowercase=True)


def test_a_bert_from_scratch_is_measured_on_documents_it_does_not_learn_from(tmp_path: Path) -> None:
    data = DataPaths(tmp_path / "data")
    write_masked_corpus(data)
    config = dataclasses.replace(BERT, schedule=dataclasses.replace(BERT.schedule, steps=60, learning_rate=3e-3))
    bert.run(config, snapshot=OLD, data=data, cluster=HERE)
    points = read_curve(data.plots("bert-held-out"))
    assert [point["step"] for point in points] == list(range(0, 61, 2))
    assert points[-1]["loss"] < 0.8 * points[0]["loss"]
    assert points[-1]["accuracy"] > points[0]["accuracy"]
    metrics = read_json(data.metrics("bert"))
    assert metrics["held-out"]["last"]["accuracy"] == pytest.approx(points[-1]["accuracy"], abs=1e-4)
    assert 0 < metrics["accuracy"] <= 1


def test_masked_blocks_ask_for_what_stood_there_and_padding_asks_for_nothing(tmp_path: Path) -> None:
    data = DataPaths(tmp_path / "data")
    write_masked_corpus(data)
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    examples = open_examples(data.blocks(OLD), tokenizer, data.cache("examples", "shared"), sources=(), key="")
    rows = list(range(len(examples)))
    masked = mask_blocks(examples, rows, np.random.default_rng(0), tokenizer=tokenizer)
    for row, ids, positions, targets, real in zip(
        rows, masked.inputs["input_ids"], masked.positions, masked.targets, masked.real, strict=True
    ):
        one = examples[row]
        whole = block_input(one.title_ids.tolist(), one.body_ids.tolist(), tokenizer.specials).ids
        restored = ids.clone()
        restored[positions[real]] = targets[real]
        assert restored[: len(whole)].tolist() == list(whole)
        assert 0.1 < int(real.sum()) / len(whole) < 0.2


def test_a_checkpoint_is_measured_once_on_what_is_held_out(tmp_path: Path) -> None:
    data = start(tmp_path, write_bert(tmp_path / "bert"), MEAN)
    measured = read_json(data.metrics("bert"))["held-out"]
    assert measured["loss"] == pytest.approx(math.log(200), rel=0.5)  # it knows nothing yet
    assert (data.plots("bert-held-out")).read_text(encoding="utf-8").startswith("step,loss,accuracy\n0,")
