"""One configuration for the three parts: BERT's, and what REALM adds."""

from collections.abc import Mapping

from huggingface_hub.dataclasses import strict
from torch import Tensor
from transformers import BertConfig

from realm.errors import UserError


@strict
class RealmConfig(BertConfig):
    """BERT's configuration and REALM's sizes.

    Attributes:
        projection_size: dimension of query and block vectors (official: 128).
        projection_norm: whether a layer norm follows the projection (official); the paper writes none.
        pooling: what of BERT's output is projected. `cls` is the pooled [CLS] of the official code, for real
            checkpoints; `first` the [CLS] of the last layer as it is, as the paper writes it; `mean` averages the
            tokens, which trains from scratch far sooner.
        reader_hidden_size: hidden size of the reader's span scorer (official: 256).
        reader_layer_norm_eps: of the span scorer's layer norm (official: Keras's, not BERT's).
        max_span_width: longest answer in wordpieces (official: 10).
    """

    model_type = "realm"

    projection_size: int = 128
    projection_norm: bool = True
    pooling: str = "cls"
    reader_hidden_size: int = 256
    reader_layer_norm_eps: float = 1e-3
    max_span_width: int = 10


def require_room(config: RealmConfig, lengths: Mapping[str, int]) -> None:
    """Refuses settings, by their keys, that are longer than the checkpoint has positions for.

    Raises:
        UserError: naming the key.
    """
    for key, length in lengths.items():
        if length > config.max_position_embeddings:
            raise UserError(
                f"{key} is {length} in params.yaml, but the BERT checkpoint has {config.max_position_embeddings} "
                "positions. Lower it, or start from another checkpoint."
            )


def require_positions(config: RealmConfig, input_ids: Tensor) -> None:
    """Refuses inputs `[batch, length]` that are longer than the checkpoint has positions for.

    Raises:
        UserError: naming both lengths.
    """
    length = input_ids.shape[1]
    if length > config.max_position_embeddings:
        raise UserError(
            f"An input is {length} wordpieces long, but the BERT checkpoint has {config.max_position_embeddings} "
            "positions. Lower the lengths in params.yaml (corpus.max_block_tokens, index.embed.lengths, ict, "
            "pretrain.objective, finetune.reading), or start from another checkpoint."
        )
