"""Taggers of salient spans: a tagger's directory tells its kind.

`wanted_tagger` reads what a person names, `load_tagger` loads it.
"""

import re
from pathlib import Path
from typing import Final, Literal

from pipelines.tagging.case_statistics import CaseStatistics
from pipelines.tagging.renewed import RenewedTagger
from pipelines.tagging.rules import RuleTagger
from pipelines.tagging.spans import DATE, ENTITY, Tagger
from realm.errors import UserError
from realm.manifest import MANIFEST_NAME, read_manifest, verify_files

__all__ = ["DATE", "ENTITY", "KIND", "Kind", "Tagger", "Wanted", "load_tagger", "tagger_fingerprint", "wanted_tagger"]

KIND: Final = "tagger"  # of artefact
Kind = Literal["spacy", "conll", "wikilinks", "rules"]
Wanted = Path | Literal["rules", "none"]  # a tagger's directory, the bare rules, or no tagger
_PACKAGE: Final = re.compile(r"\w+(?:[-.]\w+)*")


def wanted_tagger(named: str) -> Wanted:
    """What a command line or a setting names: `rules`, `none`, or a tagger's directory, which is made absolute.

    Raises:
        UserError: there is no tagger, or a spaCy pipeline that was made none yet.
    """
    if named == "rules":
        return "rules"
    if named == "none":
        return "none"
    directory = Path(named)
    if (directory / MANIFEST_NAME).exists():
        return directory.resolve()
    if (directory / "config.cfg").exists() or (_PACKAGE.fullmatch(named) and not directory.exists()):
        from pipelines.tagging.spacy_install import command

        install = "" if directory.exists() else f"install it with `{command(named)}`, "
        raise UserError(
            f"'{named}' is no tagger, but may be a spaCy pipeline, of which one is made: set tagger.kind: spacy and "
            f"tagger.pipeline: {named} in params.yaml, {install}run `python -m pipelines.train_tagger`, and name "
            "the directory that it tells here."
        )
    raise UserError(
        f"{named} holds no tagger: it has no {MANIFEST_NAME}. Name a directory that `python -m "
        "pipelines.train_tagger` wrote, `rules` or `none`."
    )


def tagger_fingerprint(named: str) -> str:
    """The fingerprint of the tagger that is named as for `wanted_tagger`, or the name of what is no artefact."""
    wanted = wanted_tagger(named)
    return read_manifest(wanted, kind=KIND).fingerprint if isinstance(wanted, Path) else wanted


def load_tagger(where: Wanted) -> Tagger | None:
    """Loads the tagger saved in a directory, the bare rules, or none at all.

    Raises:
        UserError: the directory holds no tagger, or a damaged one.
    """
    if where == "none":
        return None
    if where == "rules":
        return RuleTagger(None)
    directory = where
    manifest = read_manifest(directory, kind=KIND)
    verify_files(directory, manifest)
    kind = manifest.facts.get("tagger")
    if kind == "rules":
        return RuleTagger(CaseStatistics.load(directory))
    if kind in {"wikilinks", "conll"}:
        from pipelines.tagging.trained import TrainedTagger

        return RenewedTagger(lambda: TrainedTagger.load(directory, fingerprint=manifest.fingerprint))
    if kind == "spacy":
        from pipelines.tagging.spacy_pipeline import SpacyTagger

        return RenewedTagger(lambda: SpacyTagger.load(directory, fingerprint=manifest.fingerprint))
    raise UserError(f"{directory} holds a tagger of the unknown kind {kind!r}. Run the stage `tagger` again.")
