"""The REALM objective of a batch: retrieval scores, token likelihoods, and their marginal."""

from dataclasses import dataclass
from typing import Annotated

import torch
from torch import Tensor

from realm.constraints import AtLeast, Count, QueryLength
from realm.inputs import TokenInput, block_input, joint_input, query_input, require_joint_room
from realm.losses import Marginal, marginal_likelihood
from realm.model import KnowledgeAugmentedEncoder, Retriever
from realm.tokenizer import Tokenizer
from train.batching import by_length, embed_by_length
from train.candidates import Candidate
from train.masking import MaskedQuery


@dataclass(frozen=True)
class ObjectiveSizes:
    """Part of section `pretrain`.

    Attributes:
        marginal: `token` (official code) or `example` (paper).
        candidates: per query, the null document included (official: 8).
        query_length: wordpieces of a query with special tokens (official: 96).
        joint_length: wordpieces of query and block together (official: 384).
    """

    marginal: Marginal
    candidates: Annotated[int, AtLeast(2)]
    query_length: QueryLength
    joint_length: Count

    def __post_init__(self) -> None:
        """Refuses a joint input that a query fills."""
        require_joint_room("query_length", self.query_length, self.joint_length)


class RealmObjective:
    """The REALM loss of a batch, with retriever scores from the current weights."""

    def __init__(
        self, retriever: Retriever, encoder: KnowledgeAugmentedEncoder, tokenizer: Tokenizer, sizes: ObjectiveSizes
    ) -> None:
        self._retriever, self._encoder, self._sizes = retriever, encoder, sizes
        self._specials, self._pad_id = tokenizer.specials, tokenizer.pad_id
        self._device = encoder.device

    def query(self, masked: MaskedQuery) -> TokenInput:
        """The embedder's input for a masked query."""
        return query_input(masked.ids, self._specials, max_length=self._sizes.query_length)

    def __call__(self, queries: list[MaskedQuery], candidates: list[list[Candidate]]) -> dict[str, Tensor]:
        """Loss and what is logged beside it, all scalars."""
        scores, candidate_mask = self._retrieval_scores(queries, candidates)
        log_probs, token_mask = self._token_log_probs(queries, candidates)
        result = marginal_likelihood(
            scores,
            log_probs,
            candidate_mask=candidate_mask,
            token_mask=token_mask,
            marginal=self._sizes.marginal,
        )
        return {
            "loss": result.loss,
            "log_likelihood": result.log_likelihood,
            "retrieval_utility": result.retrieval_utility,
            "document_utility": result.document_utility,
            "null_probability": result.null_probability,
        }

    def _retrieval_scores(self, queries: list[MaskedQuery], candidates: list[list[Candidate]]) -> tuple[Tensor, Tensor]:
        """`[batch, candidates]` inner products, and which candidates exist. A block is embedded once a batch."""
        distinct = {one.row: one for line in candidates for one in line}
        place = {row: position for position, row in enumerate(distinct)}
        blocks = [block_input(one.title_ids, one.body_ids, self._specials) for one in distinct.values()]
        block_vectors = embed_by_length(self._retriever.block_embedder, blocks, pad_id=self._pad_id)
        asked = [self.query(masked) for masked in queries]
        query_vectors = embed_by_length(self._retriever.query_embedder, asked, pad_id=self._pad_id)
        width = self._sizes.candidates
        places = [[place[one.row] for one in line] + [0] * (width - len(line)) for line in candidates]
        exists = [[True] * len(line) + [False] * (width - len(line)) for line in candidates]
        chosen = block_vectors[torch.tensor(places, device=self._device)]  # [batch, candidates, dim]
        return torch.einsum("bd,bkd->bk", query_vectors, chosen), torch.tensor(exists, device=self._device)

    def _token_log_probs(self, queries: list[MaskedQuery], candidates: list[list[Candidate]]) -> tuple[Tensor, Tensor]:
        """`[batch, candidates, masks]` log p(y_j|z,x), zero where there is no candidate; and which masks are real."""
        masks = max(len(masked.positions) for masked in queries)
        inputs, positions, targets, slots = [], [], [], []
        for row, (masked, line) in enumerate(zip(queries, candidates, strict=True)):
            fill = [0] * (masks - len(masked.positions))
            for column, one in enumerate(line):
                inputs.append(
                    joint_input(masked.ids, one.body_ids, self._specials, max_length=self._sizes.joint_length)
                )
                positions.append([1 + position for position in masked.positions] + fill)  # after [CLS]
                targets.append([*masked.targets, *fill])
                slots.append((row, column))
        places, wanted = (torch.tensor(many, device=self._device) for many in (positions, targets))

        def encode(batch: dict[str, Tensor], chunk: list[int]) -> Tensor:
            on_device = {name: tensor.to(self._device) for name, tensor in batch.items()}
            return self._encoder.masked_log_probs(**on_device, positions=places[chunk], targets=wanted[chunk])

        found = by_length(inputs, encode, pad_id=self._pad_id)
        rows, columns = torch.tensor(slots, device=self._device).T
        log_probs = found.new_zeros(len(queries), self._sizes.candidates, masks)
        log_probs = log_probs.index_put((rows, columns), found)
        real = [[position < len(masked.positions) for position in range(masks)] for masked in queries]
        return log_probs, torch.tensor(real, device=self._device)
