"""`realm ask` and `realm search`: from a question to an answer with evidence, or to the blocks themselves."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.workspace import Knowledge, Workspace
from realm.errors import UserError
from realm.manifest import MANIFEST_NAME, read_any_manifest, read_manifest

if TYPE_CHECKING:
    from index.filters import BlockFilter
    from train.retrieval import BlockSearch, Passage

QA_MODEL = "qa_realm"


@dataclass(frozen=True)
class Request:
    """What a person asked for; dates are ISO and checked already."""

    text: str
    k: int
    since: str | None
    as_of: str | None
    sources: tuple[str, ...]
    outlets: tuple[str, ...]


def ask(workspace: Workspace, request: Request, knowledge: Knowledge, model: Path | None) -> dict[str, Any]:
    """Answers a question from a snapshot's index.

    Returns:
        `answer`, its scores, the `evidence` block with the answer's characters, and the blocks retrieved.

    Raises:
        UserError: something is missing or damaged.
        MismatchError: model, index and blocks do not belong together.
    """
    only = _filter(request)
    from train.answering import Answerer

    answerer = Answerer.open(model or workspace.paths.model(QA_MODEL), knowledge.index, knowledge.blocks)
    (found,) = answerer.answer([request.text], k=request.k, only=only)
    evidence = {**_passage(found.evidence), "start": found.start, "end": found.end} if found.evidence else None
    return {
        "question": request.text,
        "snapshot": knowledge.name,
        "answer": found.text,
        "probability": found.probability,
        "retriever_score": found.retriever_score,
        "reader_score": found.reader_score,
        "evidence": evidence,
        "retrieved": [_passage(passage) for passage in found.passages],
    }


def search(workspace: Workspace, request: Request, knowledge: Knowledge, model: Path | None) -> dict[str, Any]:
    """Retrieves the blocks nearest to a text, without reading an answer out of them.

    Raises:
        UserError: something is missing or damaged.
        MismatchError: model, index and blocks do not belong together.
    """
    only = _filter(request)
    chosen = model or workspace.fitting_model(knowledge.index)
    found = _open_search(workspace, chosen, knowledge)
    (passages,) = found.retrieve([request.text], k=request.k, only=only)
    return {
        "text": request.text,
        "snapshot": knowledge.name,
        "model": chosen.name,
        "retrieved": [_passage(passage) for passage in passages],
    }


def _open_search(workspace: Workspace, model: Path, knowledge: Knowledge) -> "BlockSearch":
    """The question encoder of a QA model, or of a retriever as `ict` or `pretrain` wrote it."""
    from index.version import IndexVersion
    from train.finetune import FinetuneConfig
    from train.qa_model import QA_MODEL_KIND, QAModel
    from train.retrieval import BlockSearch

    if (model / MANIFEST_NAME).is_file() and read_any_manifest(model).kind == QA_MODEL_KIND:
        loaded, version = QAModel.load(model), IndexVersion.open(knowledge.index)
        loaded.require_fits(knowledge.index, version.manifest)
        return BlockSearch(
            loaded.question_embedder, loaded.tokenizer, version, knowledge.blocks, reading=loaded.reading
        )
    reading = workspace.params().section("finetune", FinetuneConfig).reading
    tokenizer = _tokenizer(workspace, knowledge)
    return BlockSearch.open(model, tokenizer, knowledge.index, knowledge.blocks, reading=reading)


def _tokenizer(workspace: Workspace, knowledge: Knowledge) -> Path:
    """The tokenizer that the index was made with: the corpus's own if it keeps one, otherwise the run's."""
    own = knowledge.blocks / "tokenizer"
    directory = own if own.is_dir() else workspace.paths.model("tokenizer")
    read_manifest(directory, kind="tokenizer")
    return directory


def _filter(request: Request) -> "BlockFilter":
    from index.filters import BlockFilter
    from pipelines.sources import SOURCES

    unknown = [name for name in request.sources if name not in SOURCES]
    if unknown:
        raise UserError(f"--source '{unknown[0]}' is no source; choose from {', '.join(sorted(SOURCES))}.")
    if request.since and request.as_of and request.since > request.as_of:
        raise UserError(f"--since {request.since} is after --as-of {request.as_of}, so no block can be found.")
    return BlockFilter(since=request.since, until=request.as_of, sources=request.sources, outlets=request.outlets)


def _passage(passage: "Passage") -> dict[str, Any]:
    text = passage.text
    return {
        "block_id": text.block_id,
        "score": passage.score,
        "title": text.title,
        "url": text.url,
        "source": text.source,
        "doc_id": text.doc_id,
        "revision_id": text.revision_id,
        "date": text.date,
        "body": text.body,
    }
