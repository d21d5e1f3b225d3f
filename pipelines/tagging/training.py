"""Training of the network: in one thread of control, from one seed, so that equal data give equal bytes."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pipelines.tagging.features import Sentence
from pipelines.tagging.network import Network, NetworkConfig, example
from pipelines.tagging.silver import UNKNOWN
from realm.constraints import Above, AtMost, Count, Seed, ShareBelowOne
from realm.progress import Progress

_WARM_UP: Final = 50  # steps, but no more than a tenth of all
_LAST_RATE: Final = 0.05  # share of the learning rate at the end
_WEIGHT_DECAY: Final = 0.01


@dataclass(frozen=True)
class TrainingConfig:
    """How the network learns.

    Attributes:
        words: to learn from at most, in whole articles taken evenly from all inputs.
        epochs: how often each is seen …
        min_steps: … or oftener, where that would be fewer steps.
        batch_words: words a step.
        learning_rate: the highest; after a short warm-up it falls towards a twentieth.
        dropout: share of a layer's values left out.
        seed: of weights, order and dropout.
    """

    words: Count
    epochs: Count
    min_steps: Count
    batch_words: Count
    learning_rate: Annotated[float, Above(0), AtMost(1)]
    dropout: ShareBelowOne
    seed: Seed


@dataclass(frozen=True)
class Labelled:
    """A sentence to learn from.

    Attributes:
        sentence: words and what is known of them.
        labels: one a word: positive and equal for the words of an entity, negative outside, zero for unknown.
        names: the label of each entity by its number; all others are `ENTITY`.
    """

    sentence: Sentence
    labels: tuple[int, ...]
    names: tuple[str, ...]


def train(data: Sequence[Labelled], *, network: NetworkConfig, config: TrainingConfig) -> Network:
    """Trains a network on partly labelled sentences and returns it with the average of its weights."""
    from thinc.api import Adam

    made = Network(network, seed=config.seed)
    recogniser = made.recogniser
    examples = [_example(made, one) for one in data if len(one.sentence.words)]
    for name in sorted({name for one in data for name in one.names}):
        recogniser.add_label(name)
    made.language.initialize(lambda: examples[:_WARM_UP])
    made.make_fast()
    optimizer = Adam(config.learning_rate, L2=_WEIGHT_DECAY, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    batches = list(_batches(examples, config))
    progress = Progress("tagger", total=len(batches), unit="steps")
    losses = {"ner": 0.0}
    for step, batch in enumerate(batches):
        optimizer.learn_rate = _rate(step, len(batches), config.learning_rate)
        made.language.update(batch, sgd=optimizer, drop=config.dropout, losses=losses)
        progress.advance(note=f"loss {losses['ner'] / (step + 1):.1f}")
    progress.finish()
    with recogniser.model.use_params(optimizer.averages):
        average = recogniser.model.to_bytes()
    recogniser.model.from_bytes(average)
    return made


def _example(network: Network, one: Labelled) -> Any:
    entities = []
    for place, label in enumerate(one.labels):
        if label > 0 and (place == 0 or one.labels[place - 1] != label):
            end = place
            while end < len(one.labels) and one.labels[end] == label:
                end += 1
            entities.append((place, end, one.names[label - 1]))
    unknown = [place for place, label in enumerate(one.labels) if label == UNKNOWN]
    return example(network, one.sentence, entities, unknown=unknown)


def _batches(examples: Sequence[Any], config: TrainingConfig) -> Iterator[list[Any]]:
    """The batches of all epochs; an epoch is a new order."""
    chance = random.Random(config.seed)
    epochs = steps = 0
    while epochs < config.epochs or 0 < steps < config.min_steps:
        order = list(examples)
        chance.shuffle(order)
        for batch in _filled(order, config.batch_words):
            steps += 1
            yield batch
        epochs += 1


def _filled(examples: Iterable[Any], words: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    held = 0
    for one in examples:
        batch.append(one)
        held += len(one.reference)
        if held >= words:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _rate(step: int, steps: int, highest: float) -> float:
    falling = 1 - (1 - _LAST_RATE) * step / max(steps, 1)
    return highest * min(1.0, (step + 1) / max(min(_WARM_UP, steps / 10), 1)) * falling
