"""The embedder: BERT, a projection and a layer norm (official `ict_model.py`)."""

import torch
from torch import Tensor, nn
from transformers import BertModel, PreTrainedModel

from realm.errors import UserError
from realm.model.config import RealmConfig, require_positions


class Embedder(PreTrainedModel):
    """Maps `[batch, length]` wordpieces to `[batch, projection_size]` vectors, scored by inner product."""

    config_class = RealmConfig
    base_model_prefix = "bert"
    _supports_sdpa = True
    _supports_flash_attn = True

    def __init__(self, config: RealmConfig) -> None:
        super().__init__(config)
        if config.pooling not in ("cls", "first", "mean"):
            raise UserError(f"pooling is '{config.pooling}'; choose cls, first or mean.")
        self.bert = BertModel(config, add_pooling_layer=config.pooling == "cls")
        self.projection = nn.Linear(config.hidden_size, config.projection_size)
        norm = nn.LayerNorm(config.projection_size, eps=config.layer_norm_eps)
        self.norm = norm if config.projection_norm else nn.Identity()
        self.dropout = nn.Dropout(config.hidden_dropout_prob)
        self.post_init()

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Returns `[batch, projection_size]`; dropout 0.1 after the norm when training, as in the official code."""
        require_positions(self.config, input_ids)
        output = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        if self.config.pooling == "cls":
            pooled = output.pooler_output
        elif self.config.pooling == "first":
            pooled = output.last_hidden_state[:, 0]
        else:
            weights = attention_mask.unsqueeze(-1).to(output.last_hidden_state.dtype)
            pooled = (output.last_hidden_state * weights).sum(1) / weights.sum(1)
        vectors: torch.Tensor = self.dropout(self.norm(self.projection(pooled)))
        return vectors
