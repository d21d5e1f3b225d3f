"""The losses of ICT, REALM pre-training and Open-QA fine-tuning, as plain functions of scores.

Where the official code and the paper (Guu et al. 2020) differ, the difference is an argument.
"""

from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

Marginal = Literal["token", "example"]
NULL_CANDIDATE = 0  # the null document stands first among the candidates


def ict_loss(queries: Tensor, blocks: Tensor) -> tuple[Tensor, Tensor]:
    """Softmax cross-entropy over in-batch negatives, raw inner product, no temperature.

    Args:
        queries: `[batch, dim]`.
        blocks: `[batch, dim]`; row i is the block of query i, all other rows are its negatives.

    Returns:
        The mean loss, and for each query whether its own block scores highest, `[batch]`.
    """
    with torch.autocast(queries.device.type, enabled=False):  # bfloat16 cannot tell 100.0 from 100.2
        scores = queries.float() @ blocks.float().T
    targets = torch.arange(len(queries), device=queries.device)
    return nn.functional.cross_entropy(scores, targets), scores.argmax(1) == targets


@dataclass(frozen=True)
class MarginalLikelihood:
    """What pre-training reports of a batch.

    Attributes:
        loss: scalar, to be minimised.
        log_likelihood: mean log p(y|x) over masked wordpieces.
        retrieval_utility: mean over masked wordpieces of log p(y|x) - log p(y|null, x), as the official code logs it.
        document_utility: mean over real candidates of log p(y|z,x) - log p(y|null, x), as the paper defines it.
        null_probability: mean p(null | x).
    """

    loss: Tensor
    log_likelihood: Tensor
    retrieval_utility: Tensor
    document_utility: Tensor
    null_probability: Tensor


def marginal_likelihood(
    retrieval_scores: Tensor, token_log_probs: Tensor, *, candidate_mask: Tensor, token_mask: Tensor, marginal: Marginal
) -> MarginalLikelihood:
    """The REALM objective: p(y|x) = sum over z of p(y|z,x) p(z|x).

    Args:
        retrieval_scores: `[batch, candidates]` inner products with the current weights; candidate 0 is the null
            document.
        token_log_probs: `[batch, candidates, masks]` log p(y_j | z, x).
        candidate_mask: `[batch, candidates]`, false where there is no candidate.
        token_mask: `[batch, masks]`, false where there is no masked wordpiece.
        marginal: `token` sums over z for each masked wordpiece (official code), `example` for the whole span, with
            p(y|z,x) the product over its wordpieces (paper, equation 1).
    """
    log_prior = retrieval_scores.float().masked_fill(~candidate_mask, float("-inf")).log_softmax(-1)
    weights = token_mask.float()
    count = weights.sum()
    span_log_probs = (token_log_probs * weights.unsqueeze(1)).sum(-1)  # log p(y|z,x), [batch, candidates]
    if marginal == "token":
        per_token = torch.logsumexp(log_prior.unsqueeze(-1) + token_log_probs, dim=1)
        loss = -(per_token * weights).sum() / count
        log_likelihood = -loss.detach()
    else:
        per_example = torch.logsumexp(log_prior + span_log_probs, dim=1)
        loss = -per_example.mean()
        log_likelihood = per_example.detach().sum() / count
    with torch.no_grad():
        null = span_log_probs[:, NULL_CANDIDATE]
        real = candidate_mask.clone()
        real[:, NULL_CANDIDATE] = False
        gains = (span_log_probs - null.unsqueeze(1))[real]
        return MarginalLikelihood(
            loss=loss,
            log_likelihood=log_likelihood,
            retrieval_utility=log_likelihood - null.sum() / count,
            document_utility=gains.mean() if len(gains) else torch.zeros_like(count),
            null_probability=log_prior[:, NULL_CANDIDATE].exp().mean(),
        )


def marginal_correct_loss(scores: Tensor, correct: Tensor) -> Tensor:
    """logsumexp(all) - logsumexp(correct) per question; zero for a question with nothing correct (official code).

    Args:
        scores: `[questions, choices]`; minus infinity where there is no choice.
        correct: `[questions, choices]`, true on every correct choice.

    Returns:
        `[questions]`.
    """
    correct = correct & scores.isfinite()
    answerable = correct.any(1)
    # A question with nothing correct takes its own scores on both sides, so that its gradient is zero, not NaN.
    chosen = torch.where(answerable.unsqueeze(1), correct, scores.isfinite())
    return torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~chosen, float("-inf")), 1)
