"""The knowledge-augmented encoder: masked language modelling over query and retrieved block."""

from torch import Tensor
from transformers import BertForMaskedLM, BertModel

from realm.model.config import RealmConfig, require_positions


class KnowledgeAugmentedEncoder(BertForMaskedLM):
    """BERT with its masked-LM head, which computes the vocabulary only where a wordpiece is asked for.

    It carries the pooler of the checkpoint it came from, untrained, for the embedder that starts from it: with
    pooling `cls` the pooled [CLS] is what the embedder projects.
    """

    config_class = RealmConfig

    def __init__(self, config: RealmConfig) -> None:
        super().__init__(config)
        if config.pooling == "cls":
            self.bert = BertModel(config)
            self.bert.pooler.requires_grad_(False)
            self.post_init()

    def masked_log_probs(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, *, positions: Tensor, targets: Tensor
    ) -> Tensor:
        """Log-probability of each target wordpiece.

        Args:
            input_ids: `[batch, length]`, and so the two masks.
            attention_mask: 1 where there is a wordpiece.
            token_type_ids: segment ids.
            positions: `[batch, masks]`, columns of the masked wordpieces.
            targets: `[batch, masks]`, their true ids.

        Returns:
            `[batch, masks]` log p(target | input).
        """
        chosen: Tensor = self.masked_logits(input_ids, attention_mask, token_type_ids, positions=positions).log_softmax(
            -1
        )
        return chosen.gather(-1, targets.unsqueeze(-1)).squeeze(-1)

    def masked_logits(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, *, positions: Tensor
    ) -> Tensor:
        """float32 scores of the vocabulary at `positions`, `[batch, masks, vocabulary]`; see `masked_log_probs`."""
        require_positions(self.config, input_ids)
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        index = positions.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        logits: Tensor = self.cls(hidden.gather(1, index)).float()
        return logits
