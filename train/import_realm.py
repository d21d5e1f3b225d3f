"""Brings the released REALM checkpoints over, from the layout that transformers had for them until version 5.

    python -m train.import_realm --output DIR --embedder DIR --encoder DIR [--reader DIR]

Each part is a released folder (`realm-cc-news-pretrained-embedder`, `-scorer`, `-encoder`, `-openqa`,
`realm-orqa-nq-reader` …). Writes retriever, encoder, reader and tokenizer below the output, as safetensors, and says
how `params.yaml` names them. Vectors and texts of the released block records are not taken over: they belong to a
corpus that is not released with its page revisions; stage `index` embeds the corpus at hand.
"""

import argparse
from pathlib import Path

from realm.errors import UserError, main_guard
from realm.manifest import write_manifest
from realm.model import RealmConfig
from realm.model.released import Released, import_encoder, import_reader, import_retriever, read_released
from realm.output import checked_output
from realm.storage import file_checksum, publish_directory
from realm.tokenizer import Tokenizer, import_tokenizer
from train.models import ENCODER, MODEL_KIND
from train.qa_model import READER, TOKENIZER


def run(*, embedder: Path, encoder: Path, reader: Path | None, output: Path) -> RealmConfig:
    """Imports the parts into `output`, whole or not at all, and returns the retriever's configuration.

    Raises:
        UserError: a part is damaged, is another one, or has another vocabulary than the retriever.
    """
    folders = {"embedder": embedder, "encoder": encoder} | ({} if reader is None else {"reader": reader})
    sources = {name: read_released(folder) for name, folder in folders.items()}
    with publish_directory(output) as beside:
        import_tokenizer(str(embedder), beside / TOKENIZER, lowercase=True)
        tokenizer = Tokenizer.load(beside / TOKENIZER)
        _require_vocabulary(sources, tokenizer.vocab_size)
        retriever = import_retriever(sources["embedder"], pad_id=tokenizer.pad_id)
        retriever.save(beside)
        import_encoder(sources["encoder"], pad_id=tokenizer.pad_id).save_pretrained(beside / ENCODER)
        if "reader" in sources:
            import_reader(sources["reader"], pad_id=tokenizer.pad_id).save_pretrained(beside / READER)
        made_from = {"tokenizer": tokenizer.fingerprint}
        made_from |= {name: file_checksum(source.weights_file) for name, source in sources.items()}
        write_manifest(beside, kind=MODEL_KIND, made_from=made_from, facts={"released": sorted(sources)})
    config: RealmConfig = retriever.block_embedder.config
    return config


def _require_vocabulary(sources: dict[str, Released], size: int) -> None:
    for source in sources.values():
        if source.settings["vocab_size"] != size:
            raise UserError(
                f"{source.directory} has {source.settings['vocab_size']} word embeddings, the embedder's vocabulary "
                f"{size} tokens. Name parts that were released together."
            )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--embedder", type=Path, required=True, help="RealmEmbedder, RealmScorer or RealmForOpenQA, with its vocab.txt"
    )
    parser.add_argument("--encoder", type=Path, required=True, help="RealmKnowledgeAugEncoder")
    parser.add_argument("--reader", type=Path, help="RealmReader or RealmForOpenQA")
    parser.add_argument("--output", type=Path, required=True, help="directory to write")
    asked = parser.parse_args()
    parts = [part for part in (asked.embedder, asked.encoder, asked.reader) if part is not None]
    output = checked_output(asked.output, kind=MODEL_KIND, needed=parts)
    config = run(embedder=asked.embedder, encoder=asked.encoder, reader=asked.reader, output=output)
    shape = (
        f"{{projection_size: {config.projection_size}, pooling: {config.pooling}, "
        f"reader_hidden_size: {config.reader_hidden_size}, max_span_width: {config.max_span_width}}}"
    )
    print(
        f"imported to {asked.output}; in params.yaml set\n"
        f"  tokenizer.checkpoint: {asked.output / TOKENIZER}\n"
        f"  bert.checkpoint: {asked.output / ENCODER}\n"
        f"  bert.realm: {shape}\n"
        f"  ict.checkpoint: {asked.output}"
        + (f"\n  finetune.reader_checkpoint: {asked.output}" if asked.reader else "")
    )


if __name__ == "__main__":
    main_guard(main)
