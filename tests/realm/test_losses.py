import torch

from realm.losses import ict_loss, marginal_correct_loss, marginal_likelihood


def tiny() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    scores = torch.randn(2, 3, dtype=torch.float64, requires_grad=True)
    log_probs = -torch.rand(2, 3, 2, dtype=torch.float64)
    candidates = torch.tensor([[True, True, True], [True, True, False]])
    tokens = torch.tensor([[True, True], [True, False]])
    return scores, log_probs, candidates, tokens


def test_the_official_marginal_sums_over_blocks_for_each_masked_token() -> None:
    scores, log_probs, candidates, tokens = tiny()
    found = marginal_likelihood(scores, log_probs, candidate_mask=candidates, token_mask=tokens, marginal="token")
    first, second = scores[0].float().softmax(0), scores[1, :2].float().softmax(0)
    p = log_probs.exp()
    terms = [(first * p[0, :, 0]).sum(), (first * p[0, :, 1]).sum(), (second * p[1, :2, 0]).sum()]
    torch.testing.assert_close(found.loss, -torch.stack(terms).log().mean(), check_dtype=False)


def test_the_papers_marginal_takes_the_product_over_the_span_first() -> None:
    scores, log_probs, candidates, tokens = tiny()
    found = marginal_likelihood(scores, log_probs, candidate_mask=candidates, token_mask=tokens, marginal="example")
    first, second = scores[0].float().softmax(0), scores[1, :2].float().softmax(0)
    p = log_probs.exp()
    terms = [(first * p[0].prod(-1)).sum(), (second * p[1, :2, 0]).sum()]
    torch.testing.assert_close(found.loss, -torch.stack(terms).log().mean(), check_dtype=False)


def test_the_retrievers_gradient_is_the_posterior_minus_the_prior() -> None:
    scores, log_probs, candidates, tokens = tiny()
    found = marginal_likelihood(scores, log_probs, candidate_mask=candidates, token_mask=tokens, marginal="example")
    (gradient,) = torch.autograd.grad(found.loss, scores)
    prior = scores[0].softmax(0)
    joint = prior * log_probs[0].sum(-1).exp()
    expected = -(joint / joint.sum() - prior) / 2  # the mean over two examples
    torch.testing.assert_close(gradient[0], expected.detach(), rtol=1e-5, atol=1e-6)
    assert gradient[1, 2] == 0  # where there is no candidate


def test_retrieval_utility_is_the_gain_over_the_null_document() -> None:
    scores = torch.zeros(1, 2)
    log_probs = torch.tensor([[[0.1], [0.7]]]).log()
    every = torch.ones(1, 2, dtype=torch.bool)
    found = marginal_likelihood(
        scores, log_probs, candidate_mask=every, token_mask=torch.ones(1, 1, dtype=torch.bool), marginal="token"
    )
    torch.testing.assert_close(found.retrieval_utility, torch.tensor(0.4 / 0.1).log())
    torch.testing.assert_close(found.document_utility, torch.tensor(0.7 / 0.1).log())
    torch.testing.assert_close(found.null_probability, torch.tensor(0.5))


def test_ict_wants_each_querys_own_block() -> None:
    vectors = torch.eye(4) * 10
    loss, right = ict_loss(vectors, vectors)
    assert right.all()
    assert loss < 1e-3
    swapped, wrong = ict_loss(vectors, vectors.roll(1, 0))
    assert not wrong.any()
    assert swapped > 10


def test_a_question_with_nothing_correct_costs_nothing_and_moves_nothing() -> None:
    scores = torch.tensor([[1.0, 2.0, float("-inf")], [0.5, 0.1, 0.2]], requires_grad=True)
    correct = torch.tensor([[False, False, True], [False, True, True]])
    losses = marginal_correct_loss(scores, correct)
    losses.sum().backward()
    assert losses[0] == 0
    assert scores.grad is not None
    assert torch.isfinite(scores.grad).all()
    assert (scores.grad[0] == 0).all()
    expected = torch.logsumexp(scores[1].detach(), 0) - torch.logsumexp(scores[1, 1:].detach(), 0)
    torch.testing.assert_close(losses[1].detach(), expected)
