"""BERT laid out for embedding on a CPU: the same weights and formulas, in fewer and larger steps.

Of a forward pass of MiniLM at 270 wordpieces in bfloat16, three quarters are matrix products, at nine tenths of what
the core can do, and a fifth is attention. Measured on one core with AVX512-BF16, each step beside what stood before it:

- weights laid out once as oneDNN computes with them: 1.15 times as fast in float32, 1.1 in bfloat16;
- one row a batch rather than four (`index.embed.batch_size`), so that its activations stay in the core's cache: 1.12;
- attention in bfloat16 by plain products, a row at a time, rather than torch's fused one: 1.04, and 1.09 more without
  what torch's softmax does for the sake of scores that hardly occur; in float32 torch's is the faster;
- query, key and value from one product, and GELU and residuals within the products: 1.05 with one row, 1.0 with four;
- where only the first wordpiece is pooled, the last layer computes no other: 1.07 with twelve layers.

The operators are those that torch.compile puts in place of linear layers; where a torch has none, nothing changes.
"""

import math
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
_FAR: Final = 1e30  # powers that add up to no more, and no less than its inverse, are exact to their type's last digit


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

    def forward(self, hidden: Tensor, sizes: list[int], *, first_only: bool) -> Tensor:
        """`[batch, length, hidden]` to the same, or to `[batch, 1, hidden]`.

        Args:
            hidden: what the layer below gave.
            sizes: wordpieces of each row, before its padding.
            first_only: only the first wordpiece of each row is wanted.
        """
        wanted = 1 if first_only else hidden.shape[1]
        projections = self.projections(hidden.flatten(end_dim=1)).view(*hidden.shape[:2], -1)
        attended = attend(projections, sizes, heads=self._heads, wanted=wanted).flatten(end_dim=1)
        middle = self.attended_norm(self.attended.added(attended, hidden[:, :wanted].flatten(end_dim=1)))
        inner = self.up.activated(middle, *self._activation)
        output: Tensor = self.norm(self.down.added(inner, middle))
        return output.view(len(sizes), wanted, -1)


class PackedBert(nn.Module):
    """A BERT that can only be applied, to inputs padded on the right; it shares what it does not pack."""

    def __init__(self, bert: BertModel, *, rows: int, first_only: bool) -> None:
        super().__init__()
        config = bert.config
        self.embeddings, self.pooler = bert.embeddings, bert.pooler
        self._first_only = first_only
        self.layers = nn.ModuleList(
            PackedLayer(layer, heads=config.num_attention_heads, activation=config.hidden_act, rows=rows)
            for layer in bert.encoder.layer
        )

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> BaseModelOutputWithPooling:
        """As `BertModel`; all three are `[batch, length]`. With `first_only`, of the last hidden state only the first.

        Wordpieces behind a row's end have hidden states too, which mean nothing.
        """
        sizes = attention_mask.sum(dim=1).tolist()
        hidden = self.embeddings(input_ids=input_ids, token_type_ids=token_type_ids)
        for number, layer in enumerate(self.layers, start=1):
            hidden = layer(hidden, sizes, first_only=self._first_only and number == len(self.layers))
        return BaseModelOutputWithPooling(
            last_hidden_state=hidden, pooler_output=self.pooler(hidden) if self.pooler is not None else None
        )


def attend(projections: Tensor, sizes: list[int], *, heads: int, wanted: int) -> Tensor:
    """Self-attention.

    Args:
        projections: `[batch, length, 3 * hidden]`, queries, keys and values.
        sizes: wordpieces of each of the batch's rows, one at least; what stands behind them is not attended to.
        heads: of the attention.
        wanted: so many wordpieces of each row, from its first, attend.

    Returns:
        `[batch, wanted, hidden]`.
    """
    batch, length = projections.shape[:2]
    parts = projections.view(batch, length, 3, heads, -1).permute(2, 0, 3, 1, 4)
    queries, keys, values = parts[0, :, :, :wanted], parts[1], parts[2]
    if projections.dtype == torch.float32:
        mask = torch.arange(length) < torch.tensor(sizes).view(batch, 1, 1, 1)
        several = parts[0, :, :, : max(wanted, 2)]  # the bits of a single query's answer depend on the threads
        output = functional.scaled_dot_product_attention(several, keys, values, attn_mask=mask)
        output = output[:, :, :wanted].transpose(1, 2)
    else:
        output = projections.new_empty(batch, wanted, heads, parts.shape[-1])
        for row in range(batch):
            _attend_in_row(queries[row], keys[row], values[row], size=sizes[row], output=output[row].transpose(0, 1))
    return output.flatten(start_dim=2)


def _attend_in_row(queries: Tensor, keys: Tensor, values: Tensor, *, size: int, output: Tensor) -> None:
    """Attention of one row of a batch by plain products.

    Scores are raised as they are, not made small by the greatest of them first, and values are divided by the powers'
    sum after they were added up: a softmax takes twice as long. Heads whose powers leave their type's range get one.

    Args:
        queries: `[heads, wanted, depth]`.
        keys: `[heads, length, depth]`, as are `values`.
        values: see `keys`.
        size: so many of `length` count, one at least.
        output: `[heads, wanted, depth]`, written to.
    """
    keys, values = keys.contiguous(), values.contiguous()
    powers = _scores(queries, keys, size=size, base=2.0).exp2_()
    sums = powers.sum(dim=-1, keepdim=True)
    torch.div(torch.bmm(powers, values), sums, out=output)
    least, most = (float(bound) for bound in torch.aminmax(sums))
    if not (least > 1 / _FAR and most < _FAR):
        far = ~((sums > 1 / _FAR) & (sums < _FAR)).all(dim=1).flatten()
        weights = torch.softmax(_scores(queries[far], keys[far], size=size, base=math.e), dim=-1)
        output[far] = torch.bmm(weights, values[far])


def _scores(queries: Tensor, keys: Tensor, *, size: int, base: float) -> Tensor:
    """`[heads, wanted, length]`: what `base` is raised to for the weights of attention."""
    scale = queries.shape[-1] ** -0.5 / math.log(base)
    scores = torch.bmm(queries * scale, keys.transpose(1, 2))  # fewer numbers to scale than after it
    scores[:, :, size:] = float("-inf")
    return scores


def pack_embedder(embedder: "Embedder", *, rows: int) -> None:
    """Replaces an embedder's linear layers by packed ones, where its device is a CPU that has oneDNN.

    Those of projection and pooler, which see one row of each input, are not packed for speed: with two threads, torch's
    product in float32 gives the last of five to eleven rows other bits than the same row has alone.

    Args:
        embedder: it can be applied afterwards, and neither be trained, saved nor moved.
        rows: wordpieces of a batch, which oneDNN chooses the layout of weights by.
    """
    if not _can_pack(embedder.bert):
        return
    for name, module in list(embedder.named_modules()):
        if name in {"projection", "bert.pooler.dense"} and isinstance(module, nn.Linear):
            embedder.set_submodule(name, PackedLinear(module, rows=rows))
    if embedder.config.hidden_act in _ACTIVATIONS:
        first_only = embedder.config.pooling != "mean"
        embedder.set_submodule("bert", PackedBert(embedder.bert, rows=rows, first_only=first_only))


def _can_pack(bert: BertModel) -> bool:
    if bert.device.type != "cpu" or not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    if not all(hasattr(torch.ops.mkldnn, name) for name in ("_reorder_linear_weight", "_linear_pointwise")):
        return False
    return bert.dtype == torch.float32 or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
