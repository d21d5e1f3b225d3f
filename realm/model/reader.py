"""The extractive reader: scores every short span of a retrieved block as the answer."""

import torch
from torch import Tensor, nn
from transformers import BertModel, PreTrainedModel

from realm.model.config import RealmConfig, require_positions


class ExtractiveReader(PreTrainedModel):
    """Scores all spans of up to `max_span_width` wordpieces inside the body (official `orqa_model.py`)."""

    config_class = RealmConfig
    base_model_prefix = "bert"
    _supports_sdpa = True
    _supports_flash_attn = True

    def __init__(self, config: RealmConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.start = nn.Linear(config.hidden_size, config.reader_hidden_size)
        self.end = nn.Linear(config.hidden_size, config.reader_hidden_size)
        self.norm = nn.LayerNorm(config.reader_hidden_size, eps=config.reader_layer_norm_eps)
        self.score = nn.Linear(config.reader_hidden_size, 1)
        self.post_init()

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor, body_mask: Tensor) -> Tensor:
        """Scores spans: w · LayerNorm(ReLU(W_s h_start + W_e h_end)).

        Args:
            input_ids: `[batch, length]` of `[CLS] question [SEP] body [SEP]`, and so the two masks.
            attention_mask: 1 where there is a wordpiece.
            token_type_ids: segment ids.
            body_mask: `[batch, length]`, true on wordpieces of the body; spans stay inside it.

        Returns:
            `[batch, length, max_span_width]`: entry (i, w) is the span that starts at column i and is w + 1 wide;
            minus infinity where it would leave the body.
        """
        require_positions(self.config, input_ids)
        output = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        start, end = self.start(output.last_hidden_state), self.end(output.last_hidden_state)
        widths = []
        for offset in range(self.config.max_span_width):
            ends = end.roll(-offset, dims=1)
            scores = self.score(self.norm(torch.relu(start + ends))).squeeze(-1)
            # Spans have no holes in the body, so it is enough that both ends lie in it and nothing wrapped round.
            inside = body_mask & body_mask.roll(-offset, dims=1)
            inside[:, body_mask.shape[1] - offset :] = False
            widths.append(scores.float().masked_fill(~inside, float("-inf")))
        return torch.stack(widths, dim=-1)
