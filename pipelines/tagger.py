"""Taggers of salient spans: a tagger's directory tells its kind, and `load_tagger` is the one entry."""

from pathlib import Path
from typing import Final, Literal

from pipelines.tagging.case_statistics import CaseStatistics
from pipelines.tagging.renewed import RenewedTagger
from pipelines.tagging.rules import RuleTagger
from pipelines.tagging.spans import DATE, ENTITY, Tagger
from realm.errors import UserError
from realm.manifest import read_manifest, verify_files

__all__ = ["DATE", "ENTITY", "KIND", "Kind", "Tagger", "load_tagger"]

KIND: Final = "tagger"  # of artefact
Kind = Literal["spacy", "conll", "wikilinks", "rules"]


def load_tagger(where: Path | Literal["rules", "none"]) -> Tagger | None:
    """Loads the tagger saved in a directory, the bare rules, or none at all.

    Raises:
        UserError: the directory holds no tagger, or a damaged one.
    """
    if where == "none":
        return None
    if where == "rules":
        return RuleTagger(None)
    directory = Path(where)
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
