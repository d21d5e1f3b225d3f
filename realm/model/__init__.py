"""REALM's three parts: the embedder, the knowledge-augmented encoder and the extractive reader."""

from realm.model.checkpoint import load_checkpoint
from realm.model.config import RealmConfig
from realm.model.embedder import Embedder
from realm.model.encoder import KnowledgeAugmentedEncoder
from realm.model.reader import ExtractiveReader
from realm.model.retriever import Retriever, block_encoder_fingerprint

__all__ = [
    "Embedder",
    "ExtractiveReader",
    "KnowledgeAugmentedEncoder",
    "RealmConfig",
    "Retriever",
    "block_encoder_fingerprint",
    "load_checkpoint",
]
