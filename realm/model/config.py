"""One configuration for the three parts: BERT's, and what REALM adds."""

from huggingface_hub.dataclasses import strict
from transformers import BertConfig


@strict
class RealmConfig(BertConfig):
    """BERT's configuration and REALM's sizes.

    Attributes:
        projection_size: dimension of query and block vectors (official: 128).
        pooling: what of BERT's output is projected. `cls` is the pooled [CLS] of the official code, for real
            checkpoints; `mean` averages the tokens, which trains from scratch far sooner.
        reader_hidden_size: hidden size of the reader's span scorer (official: 256).
        max_span_width: longest answer in wordpieces (official: 10).
    """

    model_type = "realm"

    projection_size: int = 128
    pooling: str = "cls"
    reader_hidden_size: int = 256
    max_span_width: int = 10
