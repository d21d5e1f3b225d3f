"""The tagger of kind `spacy`: any installed pipeline, by name or path, on a GPU if there is one."""

import shutil
import sys
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from pipelines.tagging.fast import by_length, needed_components, speed_up
from pipelines.tagging.spacy_install import TRANSFORMERS, command
from pipelines.tagging.spans import DATE, dates_of, merged
from realm.errors import UserError
from realm.schema import Span, TextRange

_FOLDER: Final = "pipeline"
_BATCH: Final = 128


class SpacyTagger:
    """Finds what a spaCy pipeline finds, with its labels; dates by rules unless the pipeline has a label for them.

    A sentence is a document, as a span lies inside one. An article is tagged by itself, so that its spans do not
    depend on what else is tagged.
    """

    def __init__(self, language: Any, *, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self._own_dates = any(DATE in getattr(one, "labels", ()) for _, one in language.pipeline)
        self._language = speed_up(language)
        self._language.max_length = 1 << 40  # refuses long texts, in which the parser would need much memory

    @staticmethod
    def load(directory: Path, *, fingerprint: str) -> "SpacyTagger":
        """Loads the pipeline that `save_pipeline` put into a tagger's directory."""
        return SpacyTagger(load_pipeline(str(directory / _FOLDER)), fingerprint=fingerprint)

    @property
    def fingerprint(self) -> str:
        """What the spans depend on besides the code."""
        return self._fingerprint

    def spans(self, text: str, sentences: Sequence[TextRange]) -> tuple[Span, ...]:
        """Salient spans of `text`: each inside one sentence, in order, never overlapping."""
        found = self.entities(text, sentences)
        dates: list[list[Span]] = [[] if self._own_dates else dates_of(text, sentence) for sentence in sentences]
        pairs = zip(found, dates, strict=True)
        return tuple(chain.from_iterable(merged(text, names, known) for names, known in pairs))

    def entities(self, text: str, sentences: Sequence[TextRange]) -> list[list[Span]]:
        """What the pipeline finds in each sentence, as ranges of the text."""
        found: list[list[Span]] = [[] for _ in sentences]
        with self._language.memory_zone():
            documents = [self._language.make_doc(text[sentence.start : sentence.end]) for sentence in sentences]
            places = list(chain.from_iterable(by_length(documents)))
            tagged = self._language.pipe((documents[place] for place in places), batch_size=_BATCH)
            for place, document in zip(places, tagged, strict=True):
                start = sentences[place].start
                found[place] = [Span(start + one.start_char, start + one.end_char, one.label_) for one in document.ents]
        return found


def load_pipeline(wanted: str) -> Any:
    """Loads a spaCy pipeline by the name of its package or by its directory.

    Raises:
        UserError: it is not installed, lacks a package, or finds no entities.
    """
    import spacy

    on_gpu = spacy.prefer_gpu()
    try:
        language = spacy.load(wanted)
    except OSError as error:
        raise UserError(_missing(wanted)) from error
    except (ImportError, ValueError) as error:
        reason = " ".join(str(error).split())[:300]
        raise UserError(
            f"The spaCy pipeline '{wanted}' cannot be loaded ({reason}). Install what it needs; a transformer "
            f"pipeline needs `{TRANSFORMERS}`."
        ) from error
    if not needed_components(language):
        raise UserError(
            f"The spaCy pipeline '{wanted}' finds no entities: it has the components "
            f"{', '.join(language.pipe_names) or 'none'}. Name one with a component 'ner' in tagger.pipeline."
        )
    _say_device(on_gpu=on_gpu)
    return language


def save_pipeline(language: Any, directory: Path) -> None:
    """Copies a loaded pipeline's files, so that the tagger is whole wherever it is taken."""
    shutil.copytree(language.path, directory / _FOLDER, ignore=shutil.ignore_patterns("__pycache__", ".*"))


@cache  # once a process: pipelines are loaded anew now and then
def _say_device(*, on_gpu: bool) -> None:
    """Says what the pipeline runs on; a GPU that lies idle is said with the way to use it."""
    from thinc.compat import has_cupy, has_torch_cuda_gpu

    if on_gpu:
        line = "on the GPU"
    elif has_torch_cuda_gpu and not has_cupy:
        line = "on processors, as spaCy needs cupy for the GPU: `python -m pip install 'spacy[cuda12x]'`"
    else:
        line = "on processors, as spaCy finds no GPU"
    print(f"tagger: the pipeline runs {line}", file=sys.stderr)


def _missing(wanted: str) -> str:
    if Path(wanted).exists():
        return f"{wanted} is no spaCy pipeline: it has no config.cfg. Name the folder that holds it in tagger.pipeline."
    if "/" in wanted:
        return f"The spaCy pipeline {wanted} does not exist. Name a folder or an installed package in tagger.pipeline."
    return (
        f"The spaCy pipeline '{wanted}' is not installed. Run `{command(wanted)}`, or choose another in "
        "tagger.pipeline."
    )
