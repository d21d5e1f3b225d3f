"""Stage `tagger`: makes the tagger of salient spans that `tagger.kind` names, from `train_snapshot`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipelines.snapshot import sample_articles, snapshot_items
from pipelines.sources.base import SourceConfig, WorkItem, item_fingerprint
from pipelines.tables import TableWriter
from pipelines.tagger import KIND, Kind, load_tagger
from pipelines.tagging.case_statistics import CaseStatistics, collect
from pipelines.tagging.conll import read_conll
from pipelines.tagging.lessons import Kept, labelled_lessons, prose, silver_lessons
from pipelines.tagging.names import Name, linked_names
from pipelines.tagging.network import NetworkConfig
from pipelines.tagging.scores import metrics
from pipelines.tagging.training import Labelled, TrainingConfig, train
from realm.constraints import Count, Share
from realm.errors import UserError, main_guard
from realm.manifest import write_manifest
from realm.schema import DEAD_LETTER_SCHEMA, Article, DeadLetter
from realm.stage import open_stage, stage_parser
from realm.storage import digest, file_checksum, publish_directory, write_json

DEAD_LETTERS: Final = "dead_letters.parquet"


@dataclass(frozen=True)
class TaggerConfig:
    """Params section `tagger`.

    Attributes:
        kind: `wikilinks` learns from the dump's own links, `conll` from a labelled file; `rules` tags runs of
            capitalised words; all three are helped by the corpus's case statistics. `spacy` takes a pipeline.
        pipeline: of kind `spacy`: name of an installed package, or a folder.
        conll: of kind `conll`: the file.
        gold: a labelled file to measure any kind by; nothing is learnt from it.
        max_odd_share: sentences of these files that may be unreadable.
        train_characters: how much text to count, taken evenly from all over the inputs.
        min_count: rarer words are left out of the statistics.
        network: sizes of the network of `wikilinks` and `conll`.
        training: how it learns.
    """

    kind: Kind
    pipeline: str | None
    conll: str | None
    gold: str | None
    max_odd_share: Share
    train_characters: Count
    min_count: Count
    network: NetworkConfig
    training: TrainingConfig


@dataclass(frozen=True)
class Corpus:
    """What the stage knows of the inputs.

    Attributes:
        statistics: all counts.
        names: what each article links to.
        kept: articles to learn from.
    """

    statistics: CaseStatistics
    names: tuple[frozenset[Name], ...]
    kept: tuple[Article, ...]


_Maker = Callable[[TaggerConfig, Sequence[WorkItem], SourceConfig, Path], tuple[dict[str, str], dict[str, Any]]]


def run(config: TaggerConfig, *, raw: Path, sources: SourceConfig, output: Path) -> dict[str, Any]:
    """Makes the tagger's directory and returns its metrics.

    Raises:
        UserError: the inputs hold nothing to learn from, or what `config` names is missing or of no use.
    """
    gold = read_conll(Path(config.gold), max_odd_share=config.max_odd_share, use="gold") if config.gold else None
    items = snapshot_items(raw, sources) if config.kind != "spacy" else []
    with publish_directory(output) as beside:
        made_from, facts = _MAKERS[config.kind](config, items, sources, beside)
        write_manifest(beside, kind=KIND, made_from=made_from, facts={"tagger": config.kind, **facts})
    values = {"kind": config.kind, **facts}
    if gold is not None:
        tagger = load_tagger(output)
        if tagger is not None:
            values["gold"] = metrics(tagger, gold.documents)
            values["gold"]["dropped"] = _dropped(gold.odd)
    # Beside the tagger and not in it: what it is measured by must not make another tagger of it.
    _write_letters(output.with_name(f"{output.name}.gold.{DEAD_LETTERS}"), gold.odd if gold else ())
    return values


def _make_rules(
    config: TaggerConfig, items: Sequence[WorkItem], sources: SourceConfig, output: Path
) -> tuple[dict[str, str], dict[str, Any]]:
    statistics = _read(config, items, sources, keep=0).statistics.kept(config.min_count)
    statistics.save(output)
    return _made_from(items), {"known_words": statistics.size}


def _make_wikilinks(
    config: TaggerConfig, items: Sequence[WorkItem], sources: SourceConfig, output: Path
) -> tuple[dict[str, str], dict[str, Any]]:
    corpus = _read(config, items, sources, keep=config.training.words)
    lessons = list(silver_lessons(corpus.kept, corpus.names, corpus.statistics, least=config.min_count))
    links = sum(len(article.links) for article in corpus.kept)
    if not links:
        print("tagger: no article has links; names are learnt from capitals alone", file=sys.stderr)
    if not any(label > 0 for lesson in lessons for label in lesson.labels):
        raise UserError(
            "The inputs of train_snapshot hold neither links nor capitals, from which a tagger of kind 'wikilinks' "
            "learns names. Add a dump with links, or set tagger.kind to 'spacy' in params.yaml."
        )
    facts = _train(config, corpus.statistics, lessons, output)
    return _made_from(items), {"links": links, **facts}


def _make_conll(
    config: TaggerConfig, items: Sequence[WorkItem], sources: SourceConfig, output: Path
) -> tuple[dict[str, str], dict[str, Any]]:
    path = Path(_named(config.conll, "conll"))
    labelled = read_conll(path, max_odd_share=config.max_odd_share, use="conll")
    statistics = _read(config, items, sources, keep=0).statistics
    lessons = list(labelled_lessons(labelled.documents, statistics.kept(config.min_count)))
    facts = _train(config, statistics, lessons, output)
    _write_letters(output / DEAD_LETTERS, labelled.odd)
    return {**_made_from(items), "conll": file_checksum(path)}, {**facts, "dropped": _dropped(labelled.odd)}


def _make_spacy(
    config: TaggerConfig, items: Sequence[WorkItem], sources: SourceConfig, output: Path
) -> tuple[dict[str, str], dict[str, Any]]:
    del items, sources  # the pipeline is finished
    from pipelines.tagging.spacy_pipeline import load_pipeline, save_pipeline

    language = load_pipeline(_named(config.pipeline, "pipeline"))
    save_pipeline(language, output)
    meta = language.meta
    return {}, {"pipeline": f"{meta['lang']}_{meta['name']} {meta['version']}"}


_MAKERS: Final[dict[Kind, _Maker]] = {
    "rules": _make_rules,
    "wikilinks": _make_wikilinks,
    "conll": _make_conll,
    "spacy": _make_spacy,
}


def _read(config: TaggerConfig, items: Sequence[WorkItem], sources: SourceConfig, *, keep: int) -> Corpus:
    """Reads the inputs once: counts everything, and keeps articles of `keep` words to learn from."""
    kept = Kept(keep)
    names: list[frozenset[Name]] = []

    def texts() -> Iterator[str]:
        for article in sample_articles(items, sources, characters=config.train_characters, what="tagger"):
            if keep:
                kept.add(article)
                names.append(linked_names(article))
            yield prose(article)

    statistics = collect(texts())
    if statistics.kept(config.min_count).size == 0:
        raise UserError("The inputs hold too little text for case statistics. Check them, or lower tagger.min_count.")
    return Corpus(statistics, tuple(names), tuple(kept.articles))


def _train(
    config: TaggerConfig, statistics: CaseStatistics, lessons: Sequence[Labelled], output: Path
) -> dict[str, Any]:
    """Trains and writes network and statistics; returns what there was to learn from."""
    train(lessons, network=config.network, config=config.training).save(output)
    known = statistics.kept(config.min_count)
    known.save(output)
    labels = Counter("unknown" if x == 0 else "outside" if x < 0 else "inside" for one in lessons for x in one.labels)
    entities = sum(len({label for label in one.labels if label > 0}) for one in lessons)
    return {
        "known_words": known.size,
        "sentences": len(lessons),
        "entities": entities,
        "labels": dict(sorted(labels.items())),
    }


def _write_letters(path: Path, letters: Sequence[DeadLetter]) -> None:
    """Writes dead letters and says so; without any there is no file, nor one of an earlier run."""
    path.unlink(missing_ok=True)
    with TableWriter(path, DEAD_LETTER_SCHEMA) as writer:
        for letter in letters:
            writer.append(letter)
    if letters:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in _dropped(letters).items())
        print(f"tagger: sentences of tagger.{letters[0].source} dropped: {reasons}; see {path.name}", file=sys.stderr)


def _dropped(letters: Sequence[DeadLetter]) -> dict[str, int]:
    return dict(sorted(Counter(letter.reason for letter in letters).items()))


def _made_from(items: Sequence[WorkItem]) -> dict[str, str]:
    return {"dump": digest(*(item_fingerprint(item) for item in items))}


def _named(value: str | None, key: str) -> str:
    if value is None:
        raise UserError(f"tagger.{key} in params.yaml is null, but tagger.kind needs it. Name one there.")
    return value


def main() -> None:
    """Command line."""
    params, data = open_stage(stage_parser(__doc__).parse_args())
    output = data.model("tagger")
    values = run(
        params.section("tagger", TaggerConfig),
        raw=data.raw(params.value("train_snapshot")),
        sources=params.section("sources", SourceConfig),
        output=output,
    )
    write_json(data.metrics("tagger"), values)
    print(f"tagger: {values['kind']} in {output}" + (f", {values['gold']['unlabelled']}" if "gold" in values else ""))


if __name__ == "__main__":
    main_guard(main)
