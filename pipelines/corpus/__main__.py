"""Stage `corpus`: dumps in, Parquet blocks with salient spans out.

python -m pipelines.corpus --snapshot 2018-12-20
python -m pipelines.corpus --source wikipedia --input enwiki-pages-articles-multistream.xml.bz2 --output blocks
"""

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipelines.corpus import summary
from pipelines.corpus.job import CorpusConfig
from pipelines.corpus.previous import pages_of
from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.sources import SOURCES, get_source
from pipelines.sources.base import SourceConfig, WorkItem
from pipelines.sources.checksums import check_files
from pipelines.tagger import wanted_tagger
from pipelines.tokenizer import TokenizerConfig, train
from realm.errors import UserError, main_guard
from realm.manifest import MANIFEST_NAME
from realm.output import checked_output
from realm.params import Params, snapshots
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import write_json
from realm.tokenizer import import_tokenizer


def main() -> None:
    """Command line; options it does not know go to Beam, and what Beam does not know either is refused."""
    parser = _parser()
    arguments, beam_options = parser.parse_known_args()
    _refuse_unknown(beam_options)
    params, data = open_stage(arguments)
    config = params.section("corpus", CorpusConfig)
    config = replace(config, runner=arguments.runner or config.runner)
    if arguments.snapshot:
        _refuse(arguments, ("source", "input", "output"), because="--snapshot takes its inputs from the data root")
        _run_snapshot(params, data, config, arguments=arguments, beam_options=beam_options)
    elif arguments.source and arguments.input and arguments.output:
        _run_command(params, data, config, arguments=arguments, beam_options=beam_options)
    else:
        raise UserError("Name either --snapshot, or --source, --input and --output; --help shows both forms.")


def _parser() -> argparse.ArgumentParser:
    parser = stage_parser(__doc__)
    parser.allow_abbrev = False  # a shortened option could be one of Beam's
    parser.epilog = "Further options go to Apache Beam; --runner names any of its runners."
    parser.add_argument("--snapshot", help="a snapshot of the parameter file: the DVC stage")
    parser.add_argument("--source", choices=list(SOURCES), help="what kind of input this is")
    parser.add_argument("--input", nargs="+", type=Path, help="files or folders")
    parser.add_argument("--output", type=Path, help="directory to write; an older corpus is replaced at the end, "
                        "and nothing else ever is")  # fmt: skip
    parser.add_argument("--tokenizer", help="tokenizer directory, BERT directory, vocab.txt, or `train` (default: "
                        "the data root's if there is one, else train)")  # fmt: skip
    parser.add_argument("--tagger", help="tagger directory, `rules` or `none` (default: the data root's, else rules)")
    parser.add_argument("--previous", type=Path, help="an earlier corpus, of which unchanged pages are taken "
                        "(default with --snapshot: that of the snapshot before)")  # fmt: skip
    parser.add_argument("--runner", help="Beam runner (default: the parameter file's)")
    return parser


def _run_snapshot(
    params: Params, data: DataPaths, config: CorpusConfig, *, arguments: argparse.Namespace, beam_options: Sequence[str]
) -> None:
    snapshot = arguments.snapshot
    if arguments.previous is not None:
        checked_output(data.blocks(snapshot), kind="corpus", needed=[arguments.previous])
    sources = params.section("sources", SourceConfig)
    items = snapshot_items(data.raw(snapshot), sources)
    check_files((file for item in items for file in item.files), cache=data.cache("checksums", "sums"))
    values = run(
        config,
        sources=sources,
        items=items,
        models=Models(tokenizer=data.model("tokenizer"), tagger=str(data.model("tagger"))),
        output=data.blocks(snapshot),
        data=data,
        pages=data.pages(snapshot),
        previous=arguments.previous or _previous(params, data, snapshot),
        beam_options=beam_options,
    )
    write_json(data.metrics(f"corpus-{snapshot}"), values)
    summary.write_plots(
        values,
        lengths=data.plots(f"block-lengths-{snapshot}"),
        funnel=data.plots(f"funnel-{snapshot}"),
        rejects=data.plots(f"rejects-{snapshot}"),
    )
    _say(data.blocks(snapshot), summary.lines(values))


def _run_command(
    params: Params, data: DataPaths, config: CorpusConfig, *, arguments: argparse.Namespace, beam_options: Sequence[str]
) -> None:
    sources = params.section("sources", SourceConfig)
    items = get_source(arguments.source).work_items(arguments.input, sources)
    if not items:
        named = ", ".join(map(str, arguments.input))
        raise UserError(f"All input files of {named} are empty, so there is nothing to make a corpus of. Check them.")
    output = checked_output(arguments.output, kind="corpus", needed=_needed(arguments, items))
    check_files((file for item in items for file in item.files), cache=data.cache("checksums", "sums"))
    tagger = str(wanted_tagger(arguments.tagger or _built(data.model("tagger")) or "rules"))
    tokenizer = arguments.tokenizer or _built(data.model("tokenizer")) or _kept_in(arguments.previous) or "train"
    settings = params.section("tokenizer", TokenizerConfig)
    letters = data.cache("dead_letters", f"{output.name}.parquet")
    with _tokenizer(tokenizer, settings=settings, items=items, sources=sources, letters=letters) as directory:
        values = run(
            config,
            sources=sources,
            items=items,
            models=Models(tokenizer=directory, tagger=tagger),
            output=output,
            data=data,
            previous=arguments.previous,
            keep_tokenizer=tokenizer != str(directory) or tokenizer == _kept_in(arguments.previous),
            beam_options=beam_options,
        )
    _say(arguments.output, summary.lines(values))


def _needed(arguments: argparse.Namespace, items: Sequence[WorkItem]) -> Iterator[Path]:
    """What the run reads, wherever links lead, and what must therefore not make way for its result."""
    yield from arguments.input
    yield from (file for item in items for file in item.files)
    named = (arguments.previous, arguments.tokenizer, arguments.tagger)
    yield from (Path(one) for one in named if one is not None)


def _kept_in(corpus: Path | None) -> str | None:
    """The tokenizer that an earlier corpus holds because it was trained on it; nothing is reused with another."""
    return None if corpus is None else _built(corpus / "tokenizer")


@contextmanager
def _tokenizer(
    wanted: str, *, settings: TokenizerConfig, items: Sequence[WorkItem], sources: SourceConfig, letters: Path
) -> Iterator[Path]:
    """The directory of the tokenizer that was asked for; one that is made here lives as long as the run."""
    if (Path(wanted) / MANIFEST_NAME).exists():
        yield Path(wanted)
        return
    with tempfile.TemporaryDirectory(prefix="realm-tokenizer-") as scratch:
        directory = Path(scratch) / "tokenizer"
        if wanted == "train":
            train(settings, items=items, sources=sources, output=directory, letters=letters)
        else:
            import_tokenizer(wanted, directory, lowercase=settings.lowercase)
        yield directory


def _previous(params: Params, data: DataPaths, snapshot: str) -> Path | None:
    """The corpus of the snapshot before, if there is one and it is built."""
    entry = snapshots(params).get(snapshot)
    if entry is None or entry.previous == "none":
        return None
    corpus = data.blocks(entry.previous)
    if not (pages_of(corpus) / MANIFEST_NAME).exists():
        print(f"note: {corpus} is not built, so nothing is reused and every page is made anew", file=sys.stderr)
        return None
    return corpus


def _built(directory: Path) -> str | None:
    return str(directory) if (directory / MANIFEST_NAME).exists() else None


def _refuse(arguments: argparse.Namespace, names: Sequence[str], *, because: str) -> None:
    for name in names:
        if getattr(arguments, name):
            raise UserError(f"--{name} does not go with --snapshot: {because}. Leave one of them out.")


def _refuse_unknown(options: Sequence[str]) -> None:
    """Refuses what no options class of Beam knows; Beam itself would drop it."""
    if not options:
        return
    logging.disable(logging.WARNING)  # Beam warns on import of clouds that nobody asked for
    try:
        from apache_beam.options.pipeline_options import PipelineOptions, _BeamArgumentParser
    finally:
        logging.disable(logging.NOTSET)
    parser = _BeamArgumentParser(allow_abbrev=False)
    for known in PipelineOptions.__subclasses__():
        known._add_argparse_args(parser)
    unknown = parser.parse_known_args(list(options))[1]
    if unknown:
        named = next((one for one in unknown if one.startswith("-")), unknown[0])
        raise UserError(
            f"Neither this command nor Apache Beam knows '{named}'; --help shows the command's own options, Beam's "
            "documentation those of its runners."
        )


def _say(output: Path, lines: Sequence[str]) -> None:
    print(f"corpus in {output}:")
    for line in lines:
        print(f"  {line}")


if __name__ == "__main__":
    main_guard(main)
