"""What makes spaCy faster at finding entities without changing them.

On processors, matrices are multiplied by numpy's BLAS instead of the one that comes with spaCy, which takes a third
of its time; documents are taken in the order of their lengths, so that those that are decided word by word together
end together; and components that the entities do not depend on are left out.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Final

# They write what the entity recogniser does not read, if nothing else finds entities.
_NOT_NEEDED: Final = frozenset(
    {
        "tagger", "morphologizer", "parser", "senter", "sentencizer", "attribute_ruler", "lemmatizer",
        "trainable_lemmatizer", "textcat", "textcat_multilabel", "spancat", "entity_linker", "experimental_coref",
    }
)  # fmt: skip
_SHARED: Final = frozenset({"tok2vec", "transformer", "curated_transformer"})
_RECOGNISER: Final = frozenset({"ner", "beam_ner"})
_BATCH: Final = 128
_ZONE_WORDS: Final = 200_000


def fast_operations() -> Any:
    """Arithmetic on processors with numpy's BLAS, which is kept to one thread in this process from now on.

    The matrices are small, and workers are processes: where these outnumber the cores, threads that wait for each
    other take several times as long.
    """
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    return NumpyOps(use_blis=False)


class MemoryZone:
    """Lets spaCy forget the words it saw, again and again, so that memory stays flat over any number of texts.

    What was made in a zone must be gone when the next one begins: a zone is for the documents of several calls, as
    most words come again, but a document is for one call.
    """

    def __init__(self, language: Any) -> None:
        self._language = language
        self._words = 0
        self._open = ExitStack()

    def enter(self, words: int) -> None:
        """Begins a new zone if this one has seen enough; `words` more come now."""
        if self._words == 0 or self._words > _ZONE_WORDS:
            self._open.close()
            self._open.enter_context(self._language.memory_zone())
            self._words = 0
        self._words += max(words, 1)


def by_length(documents: Sequence[Any]) -> Iterator[list[int]]:
    """Places of documents, from short to long, in batches; empty documents are left out."""
    order = sorted((place for place, one in enumerate(documents) if len(one)), key=lambda place: len(documents[place]))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def needed_components(language: Any) -> list[str]:
    """Names of a pipeline's components that entities depend on, in order.

    If anything but a recogniser finds entities, such as a list of patterns, all stay that come before the last one
    that does, as patterns may ask for anything.
    """
    makers = _makers(language)
    last = language.pipe_names.index(makers[-1]) if makers else -1
    before = language.pipe_names[: last + 1]
    if not _only_recognisers(language):
        return list(before)
    kept = [name for name in before if language.get_pipe_meta(name).factory not in _NOT_NEEDED | _SHARED]
    shared = [name for name in before if language.get_pipe_meta(name).factory in _SHARED]
    listened = [name for name in shared if set(language.get_pipe(name).listening_components) & set(kept)]
    return [name for name in before if name in kept or name in listened]


def speed_up(language: Any) -> Any:
    """Leaves out of a pipeline what entities do not need, and sets faster arithmetic where it runs on processors."""
    from thinc.api import NumpyOps

    needed = needed_components(language)
    for name in [name for name in language.component_names if name not in needed]:
        language.remove_pipe(name)
    for _, component in language.pipeline:
        model = getattr(component, "model", None)
        if model is not None and isinstance(model.ops, NumpyOps):
            model._to_ops(fast_operations())
    return language


def _makers(language: Any) -> list[str]:
    """Names of the components that find entities."""
    return [
        name
        for name in language.pipe_names
        if any(value.startswith("doc.ents") for value in language.get_pipe_meta(name).assigns)
    ]


def _only_recognisers(language: Any) -> bool:
    return all(language.get_pipe_meta(name).factory in _RECOGNISER for name in _makers(language))
