"""A retriever from nothing that can tell texts apart by their rare words before it has learnt anything.

A small mean-pooled BERT with random weights gives nearly the same vector to every text: most of a text is common
words, and ICT spends its first minutes on finding out which these are. The corpus says so at once. Here the
embedding of a common wordpiece begins near one direction that all of them share, a rare one's stays its own, and the
projection begins orthogonal and centred on the corpus: inner products then are about those of random projections of
TF-IDF vectors. This is for checkpoints that are trained on the spot; a real checkpoint brings its own weights.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from realm.inputs import TokenInput, block_input, query_input
from realm.model import Embedder, RealmConfig
from realm.tokenizer import SpecialIds
from train.batching import embed_by_length
from train.examples import Examples

_POSITION_SCALE = 0.1  # else most of every mean-pooled vector is position and segment, the same for all texts
# ICT has no temperature, the gain of the layer norm stands for one. Scores that are far apart from the start let the
# softmax look at the hardest negatives: on the sample zero-shot recall@5 is 0.55 with 0.3, 0.74 with 1, 0.78 with 2.5.
_NORM_GAIN = 2.5
_COUNTED = 20_000  # blocks whose words are counted
_CENTRED_ON = 256  # blocks, and as many sentences, that the projection is centred on


def fresh_embedder(config: RealmConfig, examples: Examples, specials: SpecialIds) -> Embedder:
    """An embedder with new weights, fitted to the words of a corpus; it depends on torch's seed alone.

    Args:
        config: its shape.
        examples: the corpus.
        specials: ids that stand in every text.
    """
    embedder = Embedder(config)
    with torch.no_grad():
        embedder.bert.embeddings.position_embeddings.weight *= _POSITION_SCALE
        embedder.bert.embeddings.token_type_embeddings.weight *= _POSITION_SCALE
        if config.pooling == "mean":
            words = embedder.bert.embeddings.word_embeddings.weight
            rare = word_rarity(examples, config.vocab_size, specials).unsqueeze(1)
            common = torch.randn(1, words.shape[1]) * config.initializer_range
            words.copy_(rare * words + (1 - rare) * common)
            torch.nn.init.orthogonal_(embedder.projection.weight)
            if isinstance(embedder.norm, torch.nn.LayerNorm):
                embedder.norm.weight.fill_(_NORM_GAIN)
            _centre(embedder, examples, specials)
    return embedder


def word_rarity(examples: Examples, vocab_size: int, specials: SpecialIds) -> Tensor:
    """How rare each wordpiece is, `[vocab_size]`: 0 if it stands in every block, 1 if in none.

    The square of the inverse document frequency, which is scaled to end at 1.
    """
    rows = _spread(examples, _COUNTED)
    blocks = np.zeros(vocab_size)
    for row in rows:
        example = examples[row]
        blocks[np.unique(np.concatenate([example.title_ids, example.body_ids]))] += 1
    blocks[[specials.pad, specials.cls, specials.sep, specials.mask]] = len(rows)
    idf = np.log((len(rows) + 1) / (blocks + 1)) / np.log(len(rows) + 1)
    return torch.from_numpy(idf**2).float()


def _spread(examples: Examples, count: int) -> list[int]:
    """Rows of up to `count` blocks from all over the corpus."""
    chosen: list[int] = np.linspace(0, len(examples) - 1, min(count, len(examples)), dtype=np.int64).tolist()
    return chosen


def _centre(embedder: Embedder, examples: Examples, specials: SpecialIds) -> None:
    """Makes the mean projection of blocks and of sentences zero."""
    found = [examples[row] for row in _spread(examples, _CENTRED_ON)]
    blocks = [block_input(one.title_ids.tolist(), one.body_ids.tolist(), specials) for one in found]
    worded = [one for one in found if len(one.sentences)]
    firsts = [one.body_ids[slice(*one.sentences[len(one.sentences) // 2])].tolist() for one in worded]
    sentences = [query_input(ids, specials, max_length=64) for ids in firsts]
    means = [_mean_pooled(embedder, texts, specials) for texts in (blocks, sentences) if texts]
    embedder.projection.bias.copy_(-(embedder.projection.weight @ torch.stack(means).mean(0)))


def _mean_pooled(embedder: Embedder, texts: Sequence[TokenInput], specials: SpecialIds) -> Tensor:
    """What goes into the projection, averaged over `texts`: `[hidden]`."""
    pooled: list[Tensor] = []

    def keep(_module: torch.nn.Module, inputs: tuple[Tensor, ...]) -> None:
        pooled.append(inputs[0])

    training = embedder.training
    embedder.eval()
    hook = embedder.projection.register_forward_pre_hook(keep)
    embed_by_length(embedder, list(texts), pad_id=specials.pad)
    hook.remove()
    embedder.train(training)
    return torch.cat(pooled).mean(0)
