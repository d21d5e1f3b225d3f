"""Checkpoints in the released layout come over whole: every key once, and what they compute stays the same."""

import json
from pathlib import Path

import pytest
import torch

from realm.errors import UserError
from realm.inputs import TokenInput, pad_batch
from realm.model.checkpoint import load_checkpoint
from realm.model.encoder import KnowledgeAugmentedEncoder
from realm.model.released import Released, import_encoder, import_reader, import_retriever, read_released
from tests.realm.hostile import write_trap
from tests.realm.old_layout import (
    CONFIG,
    HIDDEN,
    SPAN,
    Drawn,
    Weights,
    below,
    span_score,
    vector,
    vocabulary_scores,
    write_released,
)

IDS, SEGMENTS = [6, 20, 21, 7, 30, 31, 32, 33, 7], [0, 0, 0, 0, 1, 1, 1, 1, 1]
BATCH = pad_batch([TokenInput(tuple(IDS), tuple(SEGMENTS))], pad_id=0, length=14)  # padding must change nothing
OTHER = {"ids": [6, 40, 41, 7], "segments": [0, 0, 0, 0]}


def released(root: Path, weights: Weights, *, pickled: bool = True) -> Released:
    return read_released(write_released(root / "released", weights, pickled=pickled))


@pytest.mark.parametrize("pickled", [True, False])
def test_an_embedder_gives_the_vectors_that_it_gave_before(tmp_path: Path, pickled: bool) -> None:
    weights = Drawn(1).embedder()
    retriever = import_retriever(released(tmp_path, weights, pickled=pickled), pad_id=0)
    assert retriever.shared
    torch.testing.assert_close(retriever.block_embedder(**BATCH)[0], vector(weights, IDS, SEGMENTS))


def test_a_scorer_with_one_embedder_under_two_names_has_one_tower(tmp_path: Path) -> None:
    weights = Drawn(1).embedder()
    retriever = import_retriever(
        released(tmp_path, below("embedder", weights) | below("query_embedder", weights)), pad_id=0
    )
    assert retriever.shared
    torch.testing.assert_close(retriever.query_embedder(**BATCH)[0], vector(weights, IDS, SEGMENTS))


def test_a_scorer_with_two_embedders_has_two_towers_and_each_keeps_its_side(tmp_path: Path) -> None:
    block, query = Drawn(1).embedder(), Drawn(2).embedder()
    retriever = import_retriever(
        released(tmp_path, below("query_embedder", query) | below("embedder", block)), pad_id=0
    )
    assert not retriever.shared
    torch.testing.assert_close(retriever.block_embedder(**BATCH)[0], vector(block, IDS, SEGMENTS))
    torch.testing.assert_close(retriever.query_embedder(**BATCH)[0], vector(query, IDS, SEGMENTS))


def test_the_encoder_gives_every_wordpiece_the_score_that_it_gave_before(tmp_path: Path) -> None:
    weights = Drawn(3).encoder()
    encoder = import_encoder(released(tmp_path, weights), pad_id=0)
    torch.testing.assert_close(
        encoder(**BATCH).logits[0, : len(IDS)], vocabulary_scores(weights, IDS, SEGMENTS), rtol=1e-4, atol=1e-4
    )


def test_the_reader_scores_spans_as_before_and_both_halves_are_in_their_place(tmp_path: Path) -> None:
    weights = Drawn(4).reader()
    reader = import_reader(released(tmp_path, weights), pad_id=0)
    body = torch.zeros(1, 14, dtype=torch.bool)
    body[0, 4:8] = True
    scores = reader(**BATCH, body_mask=body)[0]
    for first, last in ((4, 4), (5, 7), (6, 7)):
        expected = span_score(weights, IDS, SEGMENTS, first=first, last=last)
        torch.testing.assert_close(scores[first, last - first], expected, rtol=1e-4, atol=1e-4)


def test_a_question_answering_model_gives_its_embedder_and_its_reader_but_not_its_block_vectors(tmp_path: Path) -> None:
    embedder, reader = Drawn(1).embedder(), Drawn(4).reader()
    whole = below("embedder", embedder) | below("reader", reader) | {"block_emb": torch.zeros(13, 6)}
    source = released(tmp_path, whole)
    assert "block_emb" not in source.weights
    torch.testing.assert_close(
        import_retriever(source, pad_id=0).block_embedder(**BATCH)[0], vector(embedder, IDS, SEGMENTS)
    )
    assert torch.equal(
        import_reader(source, pad_id=0).bert.embeddings.word_embeddings.weight,
        reader["realm.embeddings.word_embeddings.weight"],
    )


def test_every_weight_that_computes_something_comes_over_exactly_once(tmp_path: Path) -> None:
    """Each old key but the unused ones changes the imported model when it is changed, and only in one place."""
    weights = Drawn(5).encoder()
    before = import_encoder(released(tmp_path / "before", weights), pad_id=0).state_dict()
    reached: list[str] = []
    for number, key in enumerate(sorted(weights)):
        if key.endswith("position_ids") or ".decoder." in key:
            continue
        changed = {name: one + 1 if name == key else one for name, one in weights.items() if ".decoder." not in name}
        after = import_encoder(released(tmp_path / str(number), changed), pad_id=0).state_dict()
        reached += [name for name in after if not torch.equal(after[name], before[name]) and ".decoder." not in name]
    assert sorted(reached) == sorted(name for name in before if ".decoder." not in name)


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        ("cls.dense.bias", "lacks weights of a released Embedder: cls.dense.bias"),
        ("realm.encoder.layer.1.output.dense.weight", "realm.encoder.layer.1.output.dense.weight"),
    ],
)
def test_a_missing_key_is_named_as_the_old_layout_calls_it(tmp_path: Path, lost: str, named: str) -> None:
    weights = Drawn(1).embedder()
    del weights[lost]
    with pytest.raises(UserError, match=named):
        import_retriever(released(tmp_path, weights), pad_id=0)


def test_a_surplus_key_is_named(tmp_path: Path) -> None:
    weights = Drawn(1).embedder() | {"cls.extra.weight": torch.zeros(2)}
    with pytest.raises(UserError, match=r"beside those of a released Embedder: cls\.extra\.weight"):
        import_retriever(released(tmp_path, weights), pad_id=0)


def test_the_checkpoint_of_another_part_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"lacks weights of a released ExtractiveReader: qa_outputs\.dense_inter"):
        import_reader(released(tmp_path / "a", Drawn(1).encoder()), pad_id=0)
    with pytest.raises(UserError, match=r"beside those of a released KnowledgeAugmentedEncoder: qa_outputs"):
        import_encoder(released(tmp_path / "b", Drawn(1).reader()), pad_id=0)


def test_a_weight_of_another_size_than_the_configuration_says_is_named(tmp_path: Path) -> None:
    weights = Drawn(1).embedder() | {"cls.dense.weight": torch.zeros(7, 16)}
    with pytest.raises(UserError, match=r"sizes that its config.json does not say.*cls\.dense\.weight"):
        import_retriever(released(tmp_path, weights), pad_id=0)


@pytest.mark.parametrize("part", ["weight", "bias"])
@pytest.mark.parametrize("rows", [(), (1,), (2 * SPAN - 1,)])
def test_a_span_scorer_that_has_not_two_halves_is_named(part: str, rows: tuple[int, ...], tmp_path: Path) -> None:
    key = f"qa_outputs.dense_intermediate.{part}"
    weights = Drawn(4).reader() | {key: torch.zeros((*rows, HIDDEN) if part == "weight" and rows else rows)}
    with pytest.raises(UserError, match=rf"sizes that its config.json does not say.*{key}"):
        import_reader(released(tmp_path, weights), pad_id=0)


def test_weights_that_are_whole_numbers_are_refused_but_not_the_counted_positions(tmp_path: Path) -> None:
    weights = below("embedder", Drawn(1).embedder())
    assert not weights["embedder.realm.embeddings.position_ids"].is_floating_point()
    assert import_retriever(released(tmp_path / "a", weights), pad_id=0).shared
    weights["embedder.cls.dense.weight"] = weights["embedder.cls.dense.weight"].round().int()
    with pytest.raises(UserError, match=r"embedder\.cls\.dense\.weight is of torch\.int32, no floating-point"):
        released(tmp_path / "b", weights)


def test_a_head_that_does_not_share_the_word_embeddings_is_refused(tmp_path: Path) -> None:
    weights = Drawn(3).encoder()
    weights["cls.predictions.decoder.weight"] += 1
    with pytest.raises(UserError, match=r"cls\.predictions\.decoder\.weight is not realm\.embeddings"):
        import_encoder(released(tmp_path, weights), pad_id=0)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_that_would_run_code_is_not_run(zipped: bool, tmp_path: Path) -> None:
    directory = write_released(tmp_path / "released", Drawn(1).embedder())
    write_trap(directory / "pytorch_model.bin", tmp_path / "trapped", zipped=zipped)
    with pytest.raises(UserError, match="cannot be read"):
        read_released(directory)
    assert not (tmp_path / "trapped").exists()


def test_a_broken_or_foreign_directory_gets_a_sentence(tmp_path: Path) -> None:
    directory = write_released(tmp_path / "released", Drawn(1).embedder())
    whole = (directory / "pytorch_model.bin").read_bytes()
    (directory / "pytorch_model.bin").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="cannot be read"):
        read_released(directory)
    (directory / "pytorch_model.bin").unlink()
    with pytest.raises(UserError, match=r"neither model\.safetensors nor pytorch_model\.bin"):
        read_released(directory)
    (directory / "config.json").write_text(json.dumps({"model_type": "bert"}), encoding="utf-8")
    with pytest.raises(UserError, match="no released REALM checkpoint"):
        read_released(directory)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([], "holds a list, not settings"),
        (CONFIG | {"hidden_size": "x"}, "hidden_size is 'x'"),
        (CONFIG | {"hidden_act": "sharp"}, "hidden_act is 'sharp'"),
        (CONFIG | {"num_attention_heads": 7}, "num_attention_heads is 7, no divisor"),
        (CONFIG | {"retriever_proj_size": -3}, "retriever_proj_size is -3, it must be a whole number above 0"),
        (CONFIG | {"span_hidden_size": "x"}, "span_hidden_size is 'x'"),
        (CONFIG | {"max_span_width": 0}, "max_span_width is 0"),
        (CONFIG | {"hidden_dropout_prob": 2.0}, "hidden_dropout_prob is 2.0, it must be a number from 0 to 1"),
        (CONFIG | {"attention_probs_dropout_prob": float("nan")}, "attention_probs_dropout_prob is nan"),
        (CONFIG | {"layer_norm_eps": -1.0}, "layer_norm_eps is -1.0"),
        (CONFIG | {"position_embedding_type": "relative_key"}, "only 'absolute' can be imported"),
        (CONFIG | {"is_decoder": True}, "is_decoder is True; only False"),
        ({"model_type": "realm", "hidden_size": 100}, "num_attention_heads is 12, no divisor of hidden_size, 100"),
        (CONFIG | {"retriever_proj_size": 10**12}, r"sizes that its config.json does not say.*cls\.dense\.bias"),
    ],
)
def test_settings_that_no_released_model_can_have_are_named(tmp_path: Path, settings: object, said: str) -> None:
    directory = write_released(tmp_path / "released", Drawn(1).embedder())
    (directory / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(UserError, match=said):
        import_retriever(read_released(directory), pad_id=0)


@pytest.mark.parametrize("content", [[torch.zeros(2)], {"realm.x": "text"}, torch.zeros(2), b"<html>Not found</html>"])
def test_weights_that_are_none_get_a_sentence_without_dangerous_advice(tmp_path: Path, content: object) -> None:
    directory = write_released(tmp_path / "released", Drawn(1).embedder())
    path = directory / "pytorch_model.bin"
    path.write_bytes(content) if isinstance(content, bytes) else torch.save(content, path)
    with pytest.raises(UserError, match=r"pytorch_model\.bin (holds something else|cannot be read)") as caught:
        read_released(directory)
    assert "weights_only" not in str(caught.value)


def test_weights_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    weights = Drawn(1).embedder()
    weights["cls.dense.bias"][0] = float("nan")
    directory = write_released(tmp_path / "released", weights)
    with pytest.raises(UserError, match=r"hold NaN or infinity, first cls\.dense\.bias"):
        read_released(directory)


def test_a_released_checkpoint_named_as_a_bert_is_told_about_the_import(tmp_path: Path) -> None:
    directory = write_released(tmp_path / "released", Drawn(1).encoder())
    with pytest.raises(UserError, match=r"old layout. Convert it with `python -m train\.import_realm`"):
        load_checkpoint(KnowledgeAugmentedEncoder, directory, key="bert.checkpoint")
