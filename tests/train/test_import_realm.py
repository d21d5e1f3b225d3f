"""From released checkpoints to an answer."""

import dataclasses
from pathlib import Path

import pytest
import torch

from index.build import run as run_index
from realm.errors import MismatchError, UserError
from realm.model import Embedder, ExtractiveReader, KnowledgeAugmentedEncoder, block_encoder_fingerprint
from realm.paths import DataPaths
from realm.storage import read_json
from realm.tokenizer import Tokenizer, import_tokenizer, train_wordpiece
from tests.realm.old_layout import Drawn, below, write_released, write_vocabulary
from tests.train.qa_world import FINETUNE, INDEX, MAYORS, OLD, TOWNS, write_questions
from tests.train.stages import BERT, HERE, ICT, PRETRAIN
from tests.train.test_candidates import texts, write_masked_blocks
from train import bert, finetune, ict, import_realm, pretrain
from train.answering import Answerer
from train.bert import RealmShape

SHAPE = RealmShape(projection_size=6, pooling="cls", reader_hidden_size=5, max_span_width=3)  # as the import says


def released(root: Path) -> dict[str, Path]:
    """Three released folders with a vocabulary."""
    train_wordpiece([*texts().values()] * 5, vocab_size=390, lowercase=True, output=root / "vocabulary")
    words = (root / "vocabulary" / "vocab.txt").read_text(encoding="utf-8").splitlines()[5:]
    parts = {"embedder": Drawn(1).embedder(), "encoder": Drawn(3).encoder(), "reader": Drawn(4).reader()}
    folders = {name: write_released(root / name, weights) for name, weights in parts.items()}
    for folder in folders.values():
        write_vocabulary(folder, words)
    return folders


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    import_realm.run(**released(tmp_path), output=tmp_path / "imported")
    return tmp_path / "imported"


def start(root: Path, imported: Path) -> DataPaths:
    data = DataPaths(root / "data")
    import_tokenizer(str(imported / "tokenizer"), data.model("tokenizer"), lowercase=False)
    write_masked_blocks(data)
    write_questions(data.questions, dict(zip(TOWNS, MAYORS, strict=True)))
    return data


def test_released_checkpoints_run_from_their_import_to_the_answer(tmp_path: Path, imported: Path) -> None:
    data = start(tmp_path, imported)
    taken = dataclasses.replace(BERT, checkpoint=str(imported / "encoder"), realm=SHAPE)
    bert.run(taken, snapshot=OLD, data=data, cluster=HERE)
    assert read_json(data.metrics("bert"))["new_weights"] == []
    ict.run(dataclasses.replace(ICT, checkpoint=str(imported)), snapshot=OLD, data=data, cluster=HERE)
    assert block_encoder_fingerprint(data.model("ict")) == block_encoder_fingerprint(imported)
    run_index(INDEX, data, snapshot=OLD, name="ict", model="ict", previous=None)
    still = dataclasses.replace(PRETRAIN.schedule, steps=1, learning_rate=0.0)
    kept = dataclasses.replace(PRETRAIN, schedule=still)
    pretrain.run(kept, index=INDEX, snapshot=OLD, data=data, cluster=HERE)
    assert block_encoder_fingerprint(data.model("realm")) == block_encoder_fingerprint(imported)
    run_index(INDEX, data, snapshot=OLD, name=OLD, model="realm", previous=None)
    still = dataclasses.replace(FINETUNE.schedule, steps=1, learning_rate=0.0)
    tuned = dataclasses.replace(FINETUNE, schedule=still, reader_checkpoint=str(imported))
    finetune.run(tuned, name="realm", snapshot=OLD, data=data, cluster=HERE)
    ours = ExtractiveReader.from_pretrained(data.model("qa_realm") / "reader").state_dict()
    theirs = ExtractiveReader.from_pretrained(imported / "reader").state_dict()
    assert all(torch.equal(ours[name], one) for name, one in theirs.items())
    (answer,) = Answerer.open(data.model("qa_realm"), data.index(OLD), data.blocks(OLD)).answer(["who?"], k=2)
    assert answer.text


def test_the_import_writes_safetensors_and_lower_cases_as_the_released_vocabulary_says(imported: Path) -> None:
    assert not list(imported.rglob("*.bin"))
    assert {path.parent.name for path in imported.rglob("*.safetensors")} == {"embedder", "encoder", "reader"}
    tokenizer = Tokenizer.load(imported / "tokenizer")
    assert tokenizer.encode("ARDEL").ids == tokenizer.encode("ardel").ids
    assert Embedder.from_pretrained(imported / "embedder").config.pad_token_id == tokenizer.pad_id == 0
    assert KnowledgeAugmentedEncoder.from_pretrained(imported / "encoder").config.hidden_act == "gelu_new"
    assert ExtractiveReader.from_pretrained(imported / "reader").norm.eps == 1e-3


def test_one_question_answering_folder_serves_as_embedder_and_reader(tmp_path: Path) -> None:
    folders = released(tmp_path)
    whole = below("embedder", Drawn(1).embedder()) | below("reader", Drawn(4).reader())
    both = write_released(tmp_path / "openqa", whole | {"block_emb": torch.zeros(13, 6)})
    (both / "vocab.txt").write_bytes((folders["embedder"] / "vocab.txt").read_bytes())
    import_realm.run(embedder=both, encoder=folders["encoder"], reader=both, output=tmp_path / "a")
    import_realm.run(**folders, output=tmp_path / "b")
    for name in ("embedder", "reader"):
        file = Path(name) / "model.safetensors"
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_parts_of_different_vocabularies_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    folders = released(tmp_path)
    vocabulary = (folders["embedder"] / "vocab.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    (folders["embedder"] / "vocab.txt").write_text("".join(vocabulary[:-9]), encoding="utf-8")
    with pytest.raises(UserError, match=r"has 400 word embeddings, the embedder's vocabulary 391 tokens"):
        import_realm.run(**folders, output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_retriever_of_another_tokenizer_is_refused_by_stage_ict(tmp_path: Path, imported: Path) -> None:
    data = DataPaths(tmp_path / "data")
    train_wordpiece([*texts().values()], vocab_size=300, lowercase=True, output=data.model("tokenizer"))
    write_masked_blocks(data)
    bert.run(BERT, snapshot=OLD, data=data, cluster=HERE)
    with pytest.raises(MismatchError, match=r"set tokenizer\.checkpoint to the one beside it"):
        ict.run(dataclasses.replace(ICT, checkpoint=str(imported)), snapshot=OLD, data=data, cluster=HERE)
    with pytest.raises(UserError, match=r"ict\.checkpoint: '.*nowhere' is no directory"):
        ict.run(dataclasses.replace(ICT, checkpoint=str(tmp_path / "nowhere")), snapshot=OLD, data=data, cluster=HERE)


def test_the_command_says_how_the_parameters_name_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = released(tmp_path)
    options = [word for name, folder in folders.items() for word in (f"--{name}", str(folder))]
    monkeypatch.setattr("sys.argv", ["train.import_realm", *options, "--output", str(tmp_path / "out")])
    import_realm.main()
    said = capsys.readouterr().out
    assert f"bert.checkpoint: {tmp_path / 'out' / 'encoder'}" in said
    assert "{projection_size: 6, pooling: cls, reader_hidden_size: 5, max_span_width: 3}" in said
    assert f"finetune.reader_checkpoint: {tmp_path / 'out'}" in said
