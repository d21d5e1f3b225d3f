from pathlib import Path

import numpy as np
import pytest
import torch

from realm.embedding import embed_inputs, fitting_length
from realm.errors import UserError
from realm.inputs import block_input, joint_input, pad_batch
from realm.model import (
    Embedder,
    ExtractiveReader,
    KnowledgeAugmentedEncoder,
    RealmConfig,
    Retriever,
    block_encoder_fingerprint,
)
from tests.tiny import SPECIALS, tiny_config


def config(pooling: str = "mean") -> RealmConfig:
    return tiny_config(num_hidden_layers=2, pooling=pooling)


@pytest.mark.parametrize("pooling", ["mean", "cls", "first"])
def test_saving_and_loading_a_retriever_changes_no_vector(tmp_path: Path, pooling: str) -> None:
    torch.manual_seed(0)
    embedder = Embedder(config(pooling))
    Retriever(embedder, embedder).save(tmp_path)
    loaded = Retriever.load(tmp_path)
    assert loaded.shared
    inputs = [block_input([10], [20, 21, 22], SPECIALS), block_input([], [], SPECIALS)]
    batch = {"pad_id": 0, "lengths": (8, 16), "batch_size": 2}
    np.testing.assert_array_equal(
        embed_inputs(embedder, inputs, **batch), embed_inputs(loaded.block_embedder, inputs, **batch)
    )


def test_two_towers_stay_two(tmp_path: Path) -> None:
    Retriever(Embedder(config()), Embedder(config())).save(tmp_path)
    loaded = Retriever.load(tmp_path)
    assert not loaded.shared
    assert sorted(path.name for path in tmp_path.iterdir()) == ["block_embedder", "query_embedder"]


def test_the_fingerprint_follows_the_block_embedders_weights_only(tmp_path: Path) -> None:
    torch.manual_seed(1)
    query, block = Embedder(config()), Embedder(config())
    Retriever(query, block).save(tmp_path / "a")
    with torch.no_grad():
        query.projection.weight += 1
    Retriever(query, block).save(tmp_path / "b")
    with torch.no_grad():
        block.projection.weight += 1
    Retriever(query, block).save(tmp_path / "c")
    a, b, c = (block_encoder_fingerprint(tmp_path / name) for name in "abc")
    assert a == b != c


def test_a_vector_does_not_depend_on_what_shares_its_batch() -> None:
    torch.manual_seed(0)
    embedder = Embedder(config())
    generator = np.random.default_rng(0)
    inputs = [block_input([7], generator.integers(5, 60, size=n).tolist(), SPECIALS) for n in (3, 9, 4, 11, 5, 2, 12)]
    together = embed_inputs(embedder, inputs, pad_id=0, lengths=(8, 16), batch_size=4)
    alone = np.concatenate([embed_inputs(embedder, [one], pad_id=0, lengths=(8, 16), batch_size=4) for one in inputs])
    assert together.tobytes() == alone.tobytes()


def test_an_input_longer_than_every_shape_is_refused() -> None:
    assert fitting_length(9, (8, 16)) == 16
    with pytest.raises(ValueError, match="17 wordpieces"):
        fitting_length(17, (8, 16))


def test_the_encoder_gives_the_log_probability_of_each_masked_wordpiece() -> None:
    torch.manual_seed(0)
    encoder = KnowledgeAugmentedEncoder(config()).eval()
    batch = pad_batch([joint_input([10, 4, 12], [20, 21], SPECIALS, max_length=16)], pad_id=0)
    targets = torch.arange(60).view(60, 1)
    every = {name: tensor.expand(60, -1) for name, tensor in batch.items()}
    found = encoder.masked_log_probs(**every, positions=torch.full((60, 1), 2), targets=targets)
    torch.testing.assert_close(found.exp().sum(), torch.tensor(1.0))
    expected = encoder(**batch).logits[0, 2].log_softmax(-1)
    torch.testing.assert_close(found[:, 0], expected)


def test_the_reader_scores_every_short_span_of_the_body_and_no_other() -> None:
    torch.manual_seed(0)
    reader = ExtractiveReader(config()).eval()
    one = joint_input([10, 11], [20, 21, 22, 23], SPECIALS, max_length=16)
    batch = pad_batch([one], pad_id=0, length=12)
    body = torch.zeros(1, 12, dtype=torch.bool)
    body[0, 4:8] = True
    scores = reader(**batch, body_mask=body)
    allowed = {(start, width) for start, width in np.argwhere(scores[0].isfinite().numpy()).tolist()}
    assert scores.shape == (1, 12, 3)
    assert allowed == {(s, w) for s in range(4, 8) for w in range(3) if s + w < 8}
    hidden = reader.bert(**batch).last_hidden_state[0]
    by_hand = reader.score(reader.norm(torch.relu(reader.start(hidden[5]) + reader.end(hidden[7]))))
    torch.testing.assert_close(scores[0, 5, 2], by_hand.squeeze())


def test_an_embedder_takes_a_bert_checkpoints_weights(tmp_path: Path) -> None:
    torch.manual_seed(0)
    encoder = KnowledgeAugmentedEncoder(config())
    encoder.save_pretrained(tmp_path)
    retriever = Retriever.from_checkpoint(str(tmp_path), shared=True)
    torch.testing.assert_close(
        retriever.query_embedder.bert.embeddings.word_embeddings.weight,
        encoder.bert.embeddings.word_embeddings.weight,
    )


def inputs(length: int = 12) -> dict[str, torch.Tensor]:
    """Two rows, one of them padded."""
    rows = [block_input([10], list(range(20, 28)), SPECIALS), block_input([11, 12], [30, 31], SPECIALS)]
    return pad_batch(rows, pad_id=0, length=length)


@pytest.mark.parametrize("pooling", ["mean", "cls", "first"])
def test_a_vector_is_what_its_pooling_says(pooling: str) -> None:
    torch.manual_seed(0)
    embedder = Embedder(config(pooling)).eval()
    batch = inputs()
    output = embedder.bert(**batch)
    size = int(batch["attention_mask"][1].sum())
    pooled = {
        "mean": output.last_hidden_state[1, :size].mean(0),
        "first": output.last_hidden_state[1, 0],
        "cls": output.pooler_output[1] if pooling == "cls" else None,
    }[pooling]
    expected = torch.nn.functional.layer_norm(embedder.projection(pooled), (16,), eps=1e-12)
    torch.testing.assert_close(embedder(**batch)[1], expected)


def test_without_the_norm_a_vector_is_the_papers_bare_projection() -> None:
    torch.manual_seed(0)
    bare = config("first")
    bare.projection_norm = False
    embedder = Embedder(bare).eval()
    expected = embedder.projection(embedder.bert(**inputs()).last_hidden_state[:, 0])
    torch.testing.assert_close(embedder(**inputs()), expected)
    with pytest.raises(UserError, match="pooling is 'max'; choose"):
        Embedder(config("max"))


@pytest.mark.parametrize("model_class", [Embedder, KnowledgeAugmentedEncoder, ExtractiveReader])
def test_attention_is_torchs_own_and_gives_what_the_plain_one_gives(
    model_class: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    model_class(config("mean")).save_pretrained(tmp_path)
    fast = model_class.from_pretrained(tmp_path).eval()
    plain = model_class.from_pretrained(tmp_path, attn_implementation="eager").eval()
    assert fast.config._attn_implementation == fast.bert.config._attn_implementation == "sdpa"
    calls = []
    attention = torch.nn.functional.scaled_dot_product_attention

    def counted(*arguments: torch.Tensor, **named: object) -> torch.Tensor:
        calls.append(1)
        return attention(*arguments, **named)

    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", counted)
    real = inputs()["attention_mask"].bool()
    found = fast.bert(**inputs()).last_hidden_state[real]
    assert len(calls) == 2, "one call a layer"
    torch.testing.assert_close(found, plain.bert(**inputs()).last_hidden_state[real], rtol=1e-4, atol=1e-5)
    assert len(calls) == 2
