"""Settings of the tagger stage that train in a second."""

from typing import Any

from pipelines.tagging.network import NetworkConfig
from pipelines.tagging.training import TrainingConfig
from pipelines.train_tagger import TaggerConfig

NETWORK = NetworkConfig(width=16, depth=1, hidden=16)
TRAINING = TrainingConfig(words=5_000, epochs=1, min_steps=60, batch_words=100, learning_rate=0.02, dropout=0.1, seed=5)


def settings(**changed: Any) -> TaggerConfig:
    """Tiny settings, with some changed."""
    values: dict[str, Any] = {
        "kind": "rules",
        "pipeline": None,
        "conll": None,
        "gold": None,
        "max_odd_share": 0.1,
        "train_characters": 50_000,
        "min_count": 2,
        "network": NETWORK,
        "training": TRAINING,
    }
    return TaggerConfig(**{**values, **changed})
