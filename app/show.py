"""What the commands found, as people read it in a terminal."""

from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.versions import unread_models

_SNIPPET = 280  # characters of a block that are shown
_MARK = "bold black on yellow"
_DIM = "dim"


def answer(found: dict[str, Any]) -> None:
    """Prints an answer with its evidence."""
    evidence = found["evidence"]
    if evidence is None:
        _console().print(f"No block of {found['snapshot']} passes the filters, so there is no answer.")
        return
    _console().print(
        Group(
            Text(found["answer"], style="bold"),
            _line(
                f"probability {found['probability']:.2f} · reader {found['reader_score']:.2f} · "
                f"retriever {found['retriever_score']:.2f} · snapshot {found['snapshot']}"
            ),
            "",
            Padding(snippet(evidence["body"], evidence["start"], evidence["end"]), (0, 0, 0, 2)),
            Padding(_origin(evidence), (0, 0, 0, 2)),
            "",
            _line(f"blocks retrieved ({len(found['retrieved'])}):"),
            *(_retrieved_line(number, one) for number, one in enumerate(found["retrieved"], start=1)),
        )
    )


def search(found: dict[str, Any]) -> None:
    """Prints the blocks retrieved, in full sentences."""
    parts: list[Any] = []
    for number, one in enumerate(found["retrieved"], start=1):
        head = Text.assemble((f"{number}. ", _DIM), (one["title"], "bold"), (f"   {one['score']:.2f}", _DIM))
        body = Text(_shortened(one["body"], 2 * _SNIPPET))
        parts += [head, Padding(body, (0, 0, 0, 3)), Padding(_origin(one, title=False), (0, 0, 0, 3)), ""]
    count = len(found["retrieved"])
    ending = f"{count} blocks of {found['snapshot']}, question encoder {found['model']}"
    _console().print(Group(*parts, _line(ending if count else f"No block of {found['snapshot']} passes the filters.")))


def trace(found: dict[str, Any]) -> None:
    """Prints a block's way back to its dump."""
    block, page, part, corpus = found["block"], found["page"], found["part"], found["corpus"]
    article = found["article"]
    grid = _grid()
    grid.add_row("block", f"{block['block_id']}, number {block['ordinal']} of its article")
    slice_ = f"characters {block['char_start']:,} to {block['char_end']:,}"
    if article:
        exact = "exactly this slice" if article["exact_slice"] else "NOT this slice: the article differs"
        slice_ += f" of {article['characters']:,}, {exact} of {article['file']}, row {article['row']}"
    grid.add_row("article", slice_)
    grid.add_row("page", f"{page['title']} ({page['source']} {page['doc_id']})")
    grid.add_row("revision", " · ".join(filter(None, (page["revision_id"], page["date"], page["url"]))))
    if page["aliases"]:
        grid.add_row("aliases", ", ".join(page["aliases"]))
    grid.add_row("part", f"{part['file']}, row {part['row']}")
    dump = part.get("note") or f"{part['dump']}, bytes {part['first_byte']:,} to {part['behind_byte']:,}"
    grid.add_row("dump", dump)
    grid.add_row("corpus", f"{corpus['snapshot']} · {corpus['fingerprint']}")
    for name, fingerprint in corpus["made_from"].items():
        grid.add_row("", f"{name} {fingerprint}")
    grid.add_row("salient spans", ", ".join(f"{one['text']} ({one['label']})" for one in found["salient_spans"]))
    for kind, names in found["held_by"].items():
        grid.add_row(f"in {kind.replace('_', ' ')}", ", ".join(names) or "none")
    _console().print(Group(Text(block["body"]), "", grid))


def diff(found: dict[str, Any]) -> None:
    """Prints what changed, with examples."""
    left, right, blocks, pages = (found[key] for key in ("left", "right", "blocks", "pages"))
    table = Table("", "added", "removed", "changed", "kept", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("blocks", f"{blocks['added']:,}", f"{blocks['removed']:,}", "", f"{blocks['kept']:,}")
    names = ("added", "removed", "changed", "unchanged")
    table.add_row("pages", *(f"{pages[key]:,}" for key in names))
    if len(found["sources"]) > 1:
        for source, counts in found["sources"].items():
            table.add_row(f"  {source}", *(f"{counts[key]:,}" for key in names))
    parts: list[Any] = [
        Text(
            f"{left['name']} ({left['blocks']:,} blocks)  →  {right['name']} ({right['blocks']:,} blocks)", style="bold"
        ),
        table,
    ]
    for name, (before, after) in found["made_otherwise"].items():
        parts.append(Text(f"{name}: {before}  →  {after}"))
    if any(found["reused"].values()):
        reused = ", ".join(f"{count:,} {source}" for source, count in found["reused"].items())
        parts.append(Text(f"articles that the newer corpus takes from the older one: {reused}"))
    for name, titles in found["examples"].items():
        if titles:
            more = ", …" if pages[name] > len(titles) else ""
            parts.append(Text(f"pages {name}: {', '.join(titles)}{more}"))
    for change in found["changes"]:
        parts += ["", Text(change["title"], style="bold")]
        for sign, key, style in (("-", "removed", "red"), ("+", "added", "green")):
            lines = change[f"sentences_{key}"] or [f"block {one}" for one in change[key]]
            parts += [Padding(Text(f"{sign} {line}", style=style), (0, 0, 0, 2)) for line in lines]
    _console().print(Group(*parts))


def plan(found: dict[str, Any]) -> None:
    """Prints what a snapshot will take."""
    corpus, index, memory = found["corpus"], found["index"], found["memory_bytes"]
    grid = _grid()
    grid.add_row(
        "corpus",
        f"{corpus['articles']:,} articles, {corpus['blocks']:,} blocks, {corpus['wordpieces']:,} wordpieces "
        f"({corpus['basis']})",
    )
    for name, size in found["disk_bytes"].items():
        grid.add_row(f"disk, {name}", _bytes(size))
    grid.add_row(
        "memory, search", f"{_bytes(memory['search'])}: {corpus['blocks']:,} vectors of {index['dimension']} floats"
    )
    grid.add_row(
        "memory, training",
        f"{_bytes(memory['training_state'])} for retriever and encoder with Adam "
        f"({memory['model_parameters']:,} parameters each), and activations by batch size",
    )
    seconds = found["seconds"]
    duration = (
        "open"
        if seconds["index"] is None
        else f"{_duration(seconds['index'])}, {seconds['blocks_per_second']} blocks/s"
    )
    grid.add_row("time, index", f"{duration} ({seconds['basis']})")
    for problem in seconds["skipped"]:
        grid.add_row("not counted", problem)
    _console().print(Group(Text(f"snapshot {found['snapshot']}", style="bold"), grid))


def versions(found: list[dict[str, Any]]) -> None:
    """Prints the index versions."""
    if not found:
        _console().print("There is no index version yet. Run `make repro`.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for heading in ("version", "corpus", "blocks", "dim", "factory", "recall", "size"):
        table.add_column(heading, no_wrap=True)
    table.add_column("models that fit", overflow="fold")
    for one in found:
        if one["problem"]:
            continue
        table.add_row(
            one["name"],
            one["corpus"],
            f"{one['blocks']:,}",
            str(one["dimension"]),
            one["factory"],
            "" if one["recall"] is None else f"{one['recall']:.3f}",
            _bytes(one["bytes"]),
            ", ".join(one["models"]) or "none",
        )
    if table.rows:
        _console().print(table)
    for one in found:
        if one["problem"]:
            _console().print(_unread(f"{one['name']}  {one['problem']}"))
    for name, problem in unread_models(found).items():
        _console().print(_unread(f"model {name}  {problem}"))


def garbage(found: dict[str, Any]) -> None:
    """Prints what may go, or went."""
    if found["cache_kept_because"]:
        _console().print(_line(f"what is cached stays: {found['cache_kept_because']}"))
    if not found["found"]:
        _console().print("There is nothing to remove.")
        return
    grid = _grid()
    for one in found["found"]:
        grid.add_row(_bytes(one["bytes"]), f"{one['path']}  ({one['why']})")
    total = _bytes(sum(one["bytes"] for one in found["found"]))
    end = f"{total} removed." if found["removed"] else f"{total} may go: run `realm index gc --yes` to remove it."
    _console().print(Group(grid, Text(end, style="bold")))


def verified(found: list[dict[str, Any]]) -> None:
    """Prints which index versions are sound."""
    if not found:
        _console().print("There is no index version yet. Run `make repro`.")
    for one in found:
        mark = ("sound", "green") if one["sound"] else ("DAMAGED", "bold red")
        found_there = " · ".join(filter(None, (f"{one['blocks']:,} blocks", one["note"])))
        _console().print(Text.assemble(mark, f"  {one['name']}  ", one["problem"] or found_there))


def snippet(body: str, start: int, end: int) -> Text:
    """The part of a block around characters [start, end), which are highlighted."""
    room = max(0, _SNIPPET - (end - start)) // 2
    first, last = max(0, start - room), min(len(body), end + room)
    if first:
        first = body.find(" ", first, start) + 1 or first
    if last < len(body):
        last = max(body.rfind(" ", end, last), end)
    shown = Text.assemble("… " if first else "", body[first:start], (body[start:end], _MARK), body[end:last])
    return shown.append(" …" if last < len(body) else "")


def _origin(block: dict[str, Any], *, title: bool = True) -> Text:
    revision = f"revision {block['revision_id']}" if block["revision_id"] else ""
    parts = (block["title"] if title else "", block["url"], revision, block["date"], f"block {block['block_id']}")
    return _line(" · ".join(filter(None, parts)))


def _retrieved_line(number: int, block: dict[str, Any]) -> Text:
    head = f"  {number}. {block['score']:7.2f}  "
    line = Text.assemble(head, block["title"], (f"  {_shortened(' '.join(block['body'].split()), _SNIPPET)}", _DIM))
    line.no_wrap, line.overflow = True, "ellipsis"
    return line


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[: text.rfind(" ", 0, length)] + " …"


def _unread(text: str) -> Text:
    return Text.assemble(("CANNOT BE READ", "bold red"), f"  {text}")


def _line(text: str) -> Text:
    return Text(text, style=_DIM)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=_DIM, no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _bytes(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:  # noqa: PLR2004
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _duration(seconds: float) -> str:
    minutes, hours = seconds / 60, seconds / 3600
    if hours >= 2:  # noqa: PLR2004
        return f"{hours:.1f} h"
    return f"{minutes:.1f} min" if minutes >= 2 else f"{seconds:.0f} s"  # noqa: PLR2004


def _console() -> Console:
    return Console(highlight=False)
