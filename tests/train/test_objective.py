import numpy as np
import pytest
import torch

from realm.embedding import embed_inputs
from realm.inputs import block_input, joint_input, pad_batch
from realm.model import Embedder, KnowledgeAugmentedEncoder, Retriever
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.tiny import tiny_config
from train.candidates import NULL_DOCUMENT, Candidate, holds_sequence
from train.masking import MaskedQuery
from train.objective import ObjectiveSizes, RealmObjective


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    path = tmp_path_factory.mktemp("tokenizer") / "out"
    train_wordpiece(
        ["the quick brown fox jumps over the lazy dog " * 3] * 3, vocab_size=120, lowercase=True, output=path
    )
    return Tokenizer.load(path)


SIZES = ObjectiveSizes(marginal="token", candidates=3, query_length=16, joint_length=40)
QUERIES = [
    MaskedQuery(ids=(10, 4, 12), positions=(1,), targets=(11,), sentence=(10, 11, 12)),
    MaskedQuery(ids=(4, 4, 15, 16), positions=(0, 1), targets=(13, 14), sentence=(13, 14, 15, 16)),
]
CANDIDATES = [
    [NULL_DOCUMENT, Candidate(row=5, title_ids=(20,), body_ids=(11, 21, 22)), Candidate(6, (23,), (24, 25))],
    [NULL_DOCUMENT, Candidate(row=6, title_ids=(23,), body_ids=(24, 25))],
]


def objective(tokenizer: Tokenizer) -> tuple[RealmObjective, Retriever, KnowledgeAugmentedEncoder]:
    torch.manual_seed(0)
    config = tiny_config(dropout=False, vocab_size=tokenizer.vocab_size)
    embedder = Embedder(config)
    retriever, encoder = Retriever(embedder, embedder), KnowledgeAugmentedEncoder(config)
    return RealmObjective(retriever, encoder, tokenizer, SIZES), retriever, encoder


def test_training_scores_candidates_as_the_index_does(tokenizer: Tokenizer) -> None:
    """Segment ids, special tokens and truncation of training and indexing are one and the same."""
    realm, retriever, _ = objective(tokenizer)
    scores, exists = realm._retrieval_scores(QUERIES, CANDIDATES)
    line = CANDIDATES[0]
    blocks = [block_input(one.title_ids, one.body_ids, tokenizer.specials) for one in line]
    settings = {"pad_id": tokenizer.pad_id, "lengths": (16, 40), "batch_size": 4}
    block_vectors = embed_inputs(retriever.block_embedder, blocks, **settings)
    query_vectors = embed_inputs(retriever.query_embedder, [realm.query(QUERIES[0])], **settings)
    np.testing.assert_allclose(scores[0].detach().numpy(), (query_vectors @ block_vectors.T)[0], rtol=1e-4, atol=1e-4)
    assert exists.tolist() == [[True, True, True], [True, True, False]]


def test_the_likelihood_of_a_mask_is_read_at_its_place_in_the_joint_input(tokenizer: Tokenizer) -> None:
    realm, _, encoder = objective(tokenizer)
    log_probs, real = realm._token_log_probs(QUERIES, CANDIDATES)
    joint = joint_input(QUERIES[1].ids, CANDIDATES[1][1].body_ids, tokenizer.specials, max_length=40)
    logits = encoder(**pad_batch([joint], pad_id=tokenizer.pad_id)).logits[0].log_softmax(-1)
    torch.testing.assert_close(log_probs[1, 1], torch.stack([logits[1, 13], logits[2, 14]]), rtol=1e-4, atol=1e-4)
    assert real.tolist() == [[True, False], [True, True]]


def test_the_loss_falls_and_the_retriever_is_moved_by_it(tokenizer: Tokenizer) -> None:
    realm, retriever, encoder = objective(tokenizer)
    first = realm(QUERIES, CANDIDATES)["loss"]
    first.backward()
    gradient = retriever.query_embedder.projection.weight.grad
    assert gradient is not None
    assert gradient.abs().sum() > 0
    optimizer = torch.optim.Adam([*retriever.parameters(), *encoder.parameters()], lr=3e-3)
    for _ in range(40):
        optimizer.zero_grad()
        loss = realm(QUERIES, CANDIDATES)["loss"]
        loss.backward()
        optimizer.step()
    assert loss < first / 2


def test_a_block_that_holds_the_querys_sentence_is_recognised_whatever_stands_around_it() -> None:
    assert holds_sequence([1, 2, 3, 4], [2, 3])
    assert holds_sequence([2, 2, 3], [2, 3])
    assert not holds_sequence([2, 9, 3], [2, 3])
    assert not holds_sequence([1, 2], [2, 3])
