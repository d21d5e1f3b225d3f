"""The knowledge-augmented encoder: masked language modelling over query and retrieved block."""

from torch import Tensor
from transformers import BertForMaskedLM

from realm.model.config import RealmConfig


class KnowledgeAugmentedEncoder(BertForMaskedLM):
    """BERT with its masked-LM head, which computes the vocabulary only where a wordpiece is asked for."""

    config_class = RealmConfig

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
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        index = positions.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        logits = self.cls(hidden.gather(1, index)).float()
        chosen: Tensor = logits.log_softmax(-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1)
        return chosen
