"""The `realm` command: ask, search, trace, diff, plan, index.

Nothing heavy is imported before a command needs it, so `realm --help` answers at once.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.workspace import Workspace, parse_date, require_positive, require_text
from realm.errors import ERROR_PREFIX, UserError, sentence_of

_DAMAGED = 1


class _Guarded(TyperGroup):
    """Turns what has a sentence, as bad input, into it and exit code 2, wherever the command is run from."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command."""
        try:
            return super().invoke(ctx)
        except (UserError, OSError) as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            typer.echo(f"{ERROR_PREFIX}{sentence}", err=True)
            raise typer.Exit(2) from error


app = typer.Typer(
    cls=_Guarded,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Questions answered from a snapshot of the world, with the evidence. Run `make repro` first.",
)
index_app = typer.Typer(no_args_is_help=True, help="The index versions there are.")
app.add_typer(index_app, name="index")

ParamsOption = Annotated[Path, typer.Option("--params", help="Parameter file.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="Data root, if not the parameter file's.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Knowledge as of a date: newest snapshot and blocks not after it."),
]
SinceOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only blocks dated on or after it.")]
OutletOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only what it published, e.g. bbc.com; may be repeated.")
]
SourceOption = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this source; may be repeated.")]
KOption = Annotated[int, typer.Option("--k", "-k", help="Blocks to retrieve and show.")]
ModelOption = Annotated[Path | None, typer.Option(help="Model directory, if not the run's.")]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Index directory, instead of a snapshot's.")]
BlocksOption = Annotated[Path | None, typer.Option(help="Blocks directory that --index was built from.")]

DEFAULT_PARAMS = Path("params.yaml")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In quotes.")],
    as_of: AsOfOption = None,
    since: SinceOption = None,
    source: SourceOption = None,
    outlet: OutletOption = None,
    k: KOption = 5,
    model: ModelOption = None,
    index: IndexOption = None,
    blocks: BlocksOption = None,
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, with evidence, page revision and scores."""
    from app import asking, show

    request = _request(question, "question", as_of=as_of, since=since, source=source, outlet=outlet, k=k)
    workspace = Workspace(params, data)
    knowledge = workspace.knowledge(as_of=request.as_of, index=index, blocks=blocks)
    _print(asking.ask(workspace, request, knowledge, model), show.answer, as_json=as_json)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="In quotes.")],
    as_of: AsOfOption = None,
    since: SinceOption = None,
    source: SourceOption = None,
    outlet: OutletOption = None,
    k: KOption = 5,
    model: ModelOption = None,
    index: IndexOption = None,
    blocks: BlocksOption = None,
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the blocks retrieved for a text."""
    from app import asking, show

    request = _request(text, "text", as_of=as_of, since=since, source=source, outlet=outlet, k=k)
    workspace = Workspace(params, data)
    knowledge = workspace.knowledge(as_of=request.as_of, index=index, blocks=blocks)
    _print(asking.search(workspace, request, knowledge, model), show.search, as_json=as_json)


@app.command()
def trace(
    block_id: Annotated[int, typer.Argument(help="As `ask` and `search` show it.")],
    blocks: Annotated[Path | None, typer.Option(help="Look in this blocks directory only.")] = None,
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show where a block came from: article, page revision, dump, and what made it."""
    from app import show, tracing

    _print(tracing.trace(Workspace(params, data), block_id, blocks=blocks), show.trace, as_json=as_json)


@app.command()
def diff(
    older: Annotated[str, typer.Argument(metavar="A", help="Snapshot, index version or directory.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what changed between two snapshots or index versions."""
    from app import comparing, show

    _print(comparing.diff(Workspace(params, data), older, newer), show.diff, as_json=as_json)


@app.command()
def plan(
    snapshot: Annotated[str | None, typer.Argument(help="Default: the knowledge snapshot.")] = None,
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Estimate memory, disk and time for a snapshot, before it is run."""
    from app import planning, show

    _print(planning.plan(Workspace(params, data), snapshot), show.plan, as_json=as_json)


@index_app.command("list")
def index_list(params: ParamsOption = DEFAULT_PARAMS, data: DataOption = None, as_json: JsonOption = False) -> None:
    """List the index versions and the models that fit them."""
    from app import show, versions

    _print(versions.list_versions(Workspace(params, data)), show.versions, as_json=as_json)


@index_app.command("verify")
def index_verify(
    names: Annotated[list[str] | None, typer.Argument(help="Default: all.")] = None,
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check index versions: checksums, every block once, sound vectors. Exit code 1 if one is damaged."""
    from app import show, versions

    found = versions.verify_versions(Workspace(params, data), names or [])
    _print(found, show.verified, as_json=as_json)
    if not all(one["sound"] for one in found):
        raise typer.Exit(_DAMAGED)


@index_app.command("gc")
def index_gc(
    yes: Annotated[bool, typer.Option("--yes", help="Remove it; without this it is only shown.")] = False,
    params: ParamsOption = DEFAULT_PARAMS,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what killed runs and models that are gone left behind; remove it with --yes. Versions are never touched."""
    from app import garbage, show

    _print(garbage.collect(Workspace(params, data), remove=yes), show.garbage, as_json=as_json)


def _request(
    text: str,
    what: str,
    *,
    as_of: str | None,
    since: str | None,
    source: list[str] | None,
    outlet: list[str] | None,
    k: int,
) -> Any:
    from app.asking import Request

    return Request(
        text=require_text(text, what),
        k=require_positive(k, "--k"),
        since=parse_date(since, "--since"),
        as_of=parse_date(as_of, "--as-of"),
        sources=tuple(source or ()),
        outlets=tuple(outlet or ()),
    )


def _print(value: Any, show: Callable[[Any], None], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        show(value)


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
