"""BERT laid out for embedding on a CPU: the same weights and formulas, in fewer and larger steps.

Of a forward pass of MiniLM at 270 wordpieces in bfloat16, two thirds are matrix products, at nine tenths of what the
core can do, and a quarter is attention. Measured on one core with AVX512-BF16, each step beside what stood before it:

- weights laid out once as oneDNN computes with them: 1.15 times as fast in float32, 1.1 in bfloat16;
- one row a batch rather than four (`index.embed.batch_size`), so that its activations stay in the core's cache: 1.12;
- attention in bfloat16 by plain products, a row at a time, rather than torch's fused one: 1.04; in float32 torch's is
  the faster;
- query, key and value from one product, and GELU and residuals within the products: 1.05 with one row, 1.0 with four.

The operators are those that torch.compile puts in place of linear layers; where a torch has none, nothing changes.
"""

from typing import TYPE_CHECKING, Final

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel
from transformers.modeling_outputs import BaseModelOutputWithPooling
from transformers.models.bert.modeling_bert import BertLayer

if TYPE_CHECKING:
    from realm.model.embedder import Embedder

# The activations of BERT checkpoints, and what oneDNN calls them with which formula.
_ACTIVATIONS: Final = {
    "gelu": ("gelu", "none"),
    "gelu_new": ("gelu", "tanh"),
    "gelu_pytorch_tanh": ("gelu", "tanh"),
    "relu": ("relu", ""),
}
_SOFTMAX_STEP: Final = 32  # torch's softmax of bfloat16 takes 1.4 times as long over rows that are no multiple of it


class PackedLinear(nn.Module):
    """One or more linear layers with the same input as one, which can only be applied."""

    def __init__(self, *linears: nn.Linear, rows: int) -> None:
        super().__init__()
        # Plain attributes, as such a weight has no layout of torch's own, and can neither be saved nor moved.
        weight = torch.cat([one.weight.detach() for one in linears])
        self._weight = torch.ops.mkldnn._reorder_linear_weight(weight, rows)
        self._bias = torch.cat([one.bias.detach() for one in linears])

    def forward(self, hidden: Tensor) -> Tensor:
        """`[rows, in]` to `[rows, out]`."""
        return self.activated(hidden, "none", "")

    def activated(self, hidden: Tensor, activation: str, formula: str) -> Tensor:
        """The same, and oneDNN's `activation` of it."""
        output: Tensor = torch.ops.mkldnn._linear_pointwise(hidden, self._weight, self._bias, activation, [], formula)
        return output

    def added(self, hidden: Tensor, residual: Tensor) -> Tensor:
        """The same, and `residual` added before it is rounded."""
        output: Tensor = torch.ops.mkldnn._linear_pointwise.binary(hidden, residual, self._weight, self._bias, "add")
        return output


class PackedLayer(nn.Module):
    """A layer of BERT."""

    def __init__(self, layer: BertLayer, *, heads: int, activation: str, rows: int) -> None:
        super().__init__()
        attention, output = layer.attention, layer.output
        own = attention.self
        self._heads, self._activation = heads, _ACTIVATIONS[activation]
        self.projections = PackedLinear(own.query, own.key, own.value, rows=rows)
        self.attended = PackedLinear(attention.output.dense, rows=rows)
        self.attended_norm: nn.Module = attention.output.LayerNorm
        self.up = PackedLinear(layer.intermediate.dense, rows=rows)
        self.down = PackedLinear(output.dense, rows=rows)
        self.norm: nn.Module = output.LayerNorm

    def forward(self, hidden: Tensor, sizes: list[int]) -> Tensor:
        """`[batch * length, hidden]` to the same; `sizes` are the wordpieces of each row, before its padding."""
        attended = attend(self.projections(hidden), sizes, heads=self._heads)
        hidden = self.attended_norm(self.attended.added(attended, hidden))
        inner = self.up.activated(hidden, *self._activation)
        output: Tensor = self.norm(self.down.added(inner, hidden))
        return output


class PackedBert(nn.Module):
    """A BERT that can only be applied, to inputs padded on the right; it shares what it does not pack."""

    def __init__(self, bert: BertModel, *, rows: int) -> None:
        super().__init__()
        config = bert.config
        self.embeddings, self.pooler = bert.embeddings, bert.pooler
        self.layers = nn.ModuleList(
            PackedLayer(layer, heads=config.num_attention_heads, activation=config.hidden_act, rows=rows)
            for layer in bert.encoder.layer
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> BaseModelOutputWithPooling:
        """As `BertModel`; all three are `[batch, length]`."""
        sizes = attention_mask.sum(dim=1).tolist()
        embedded = self.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
        hidden = embedded.flatten(end_dim=1)
        for layer in self.layers:
            hidden = layer(hidden, sizes)
        last = hidden.view_as(embedded)
        return BaseModelOutputWithPooling(
            last_hidden_state=last, pooler_output=self.pooler(last) if self.pooler is not None else None
        )


def attend(projections: Tensor, sizes: list[int], *, heads: int) -> Tensor:
    """Self-attention.

    Args:
        projections: `[batch * length, 3 * hidden]`, queries, keys and values.
        sizes: wordpieces of each of the batch's rows; what stands behind them is not attended to.
        heads: of the attention.

    Returns:
        `[batch * length, hidden]`.
    """
    batch, length = len(sizes), len(projections) // len(sizes)
    queries, keys, values = projections.view(batch, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
    if projections.dtype == torch.float32:
        mask = torch.arange(length) < torch.tensor(sizes).view(batch, 1, 1, 1)
        output = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    else:
        rows = zip(queries, keys, values, sizes, strict=True)
        output = torch.stack([_attend_in_row(*row) for row in rows])
    return output.transpose(1, 2).reshape(batch * length, -1)


def _attend_in_row(queries: Tensor, keys: Tensor, values: Tensor, size: int) -> Tensor:
    """`[heads, length, depth]` three times to the same, of one row of a batch, by plain products."""
    heads, length, depth = queries.shape
    columns = -(-length // _SOFTMAX_STEP) * _SOFTMAX_STEP
    scores = queries.new_empty(heads, length, columns)
    written = scores[:, :, :length]
    torch.baddbmm(written, queries, keys.transpose(1, 2), beta=0, alpha=depth**-0.5, out=written)
    scores[:, :, size:] = float("-inf")
    torch.softmax(scores, dim=-1, out=scores)
    return torch.bmm(written, values)


def pack_bert(embedder: "Embedder", *, rows: int) -> None:
    """Replaces the embedder's BERT by a packed one, where its device is a CPU that has oneDNN; else nothing happens.

    Args:
        embedder: it can be applied afterwards, and neither be trained, saved nor moved.
        rows: wordpieces of a batch, which oneDNN chooses the layout of weights by.
    """
    if _can_pack(embedder.bert):
        embedder.set_submodule("bert", PackedBert(embedder.bert, rows=rows))


def _can_pack(bert: BertModel) -> bool:
    if bert.device.type != "cpu" or not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    if not all(hasattr(torch.ops.mkldnn, name) for name in ("_reorder_linear_weight", "_linear_pointwise")):
        return False
    if bert.config.hidden_act not in _ACTIVATIONS:
        return False
    return bert.dtype == torch.float32 or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
