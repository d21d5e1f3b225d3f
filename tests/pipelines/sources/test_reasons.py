"""Every reason that stands in the code of a source is either its damage or listed here as a choice of the project."""

import ast
import bz2
import gzip
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from pipelines.sources import SOURCES, get_source
from pipelines.sources.base import Tally
from pipelines.sources.chunks import CUT_FILE, FILE_DAMAGE
from pipelines.validation.limits import ValidateConfig
from realm import params
from realm.schema import DeadLetter
from tests.pipelines.dumps import SOURCES as CONFIG

ROOT = Path(__file__).parents[3]
# What was read, and is not wanted.
UNWANTED = {
    "wikipedia": {
        "other namespace", "not wikitext", "suppressed text", "no text in the dump", "empty page", "list page",
        "disambiguation page", "no prose left",
    },
    "ccnews": {
        "no HTTP response", "not a page", "not HTML", "empty page", "no address", "index page", "other language",
        "no main text", "error page", "paywall", "stub",
    },
    "kelm": set[str](),
    "text": {"empty text", "hidden file", "other kind of file", "read under another name"},
}  # fmt: skip
UNWANTED_BY_THE_CORPUS = {"no sentences", "duplicate article", "near-duplicate article", "repeated block"}
CALLS = {
    "Damage": 1,
    "Duplicate": 1,
    "BodyError": 0,
    "TripleError": 0,
    "PassageError": 0,
    "_dropped": 2,
}  # place of the reason


def given(module: ModuleType) -> set[str]:
    """The reasons in a module's code: what is called one, what makes dead letters, what functions so named return."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    return {text for node in ast.walk(tree) for place in places(node) for text in texts(place, module)} - {""}


def places(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "reason")
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        yield from node.args[CALLS[name] : CALLS[name] + 1] if name in CALLS else ()
    elif isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["reason"]:
        yield node.value
    elif isinstance(node, ast.FunctionDef) and "reason" in node.name:
        for part in ast.walk(node):
            if isinstance(part, ast.Return) and part.value is not None:
                yield part.value.elts[0] if isinstance(part.value, ast.Tuple) else part.value
            elif isinstance(part, ast.Tuple) and len(part.elts) > 1 and not isinstance(part.elts[0], ast.Constant):
                yield part.elts[1]  # (whether it holds, reason, …)


def texts(value: ast.expr, module: ModuleType) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Name) and isinstance(found := getattr(module, value.id, None), str):
        yield found
    elif isinstance(value, ast.IfExp):
        yield from texts(value.body, module)
        yield from texts(value.orelse, module)


def modules_of(name: str) -> set[str]:
    """The modules that a source reads with; `base` serves them all."""
    seen: set[str] = set()
    left = [f"pipelines.sources.{name}"]
    while left:
        module = left.pop()
        if module in seen:
            continue
        seen.add(module)
        tree = ast.parse(Path(str(import_module(module).__file__)).read_text(encoding="utf-8"))
        froms = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        left += [
            one for one in froms if one.startswith(("pipelines.sources.", "pipelines.news.")) and "base" not in one
        ]
    # What runs in the process of its own is not imported.
    return seen | ({"pipelines.news.page", "pipelines.news.worker"} if name == "ccnews" else set())


@pytest.mark.parametrize("name", list(SOURCES))
def test_every_reason_of_a_source_is_damage_or_a_choice(name: str) -> None:
    found = set[str]().union(*(given(import_module(module)) for module in modules_of(name)))
    damage = get_source(name).damage
    assert found - damage == UNWANTED[name]
    assert damage - found == set()  # none that does not occur
    assert CUT_FILE in damage


def test_what_the_corpus_stage_drops_itself_is_no_damage() -> None:
    names = [f"pipelines.corpus.{path.stem}" for path in (ROOT / "pipelines" / "corpus").glob("[a-z]*.py")]
    assert set[str]().union(*(given(import_module(name)) for name in names)) == UNWANTED_BY_THE_CORPUS


def test_no_reason_is_damage_for_one_source_and_a_choice_of_another() -> None:
    damage = set[str]().union(*(source.damage for source in SOURCES.values()))
    assert damage & (set[str]().union(*UNWANTED.values()) | UNWANTED_BY_THE_CORPUS) == set()


def test_the_gate_of_the_parameter_file_names_reasons_that_there_are() -> None:
    gate = params.load(ROOT / "params.yaml").section("validate", ValidateConfig)
    named = [limit.reason for limit in gate.max_dropped]
    assert set(named) <= set[str]().union(*UNWANTED.values()) | UNWANTED_BY_THE_CORPUS
    assert len(set(named)) == len(named)


@pytest.mark.parametrize(("name", "suffix"), [("text", "jsonl"), ("kelm", "jsonl")])
def test_bytes_that_lines_lose_are_counted(tmp_path: Path, name: str, suffix: str) -> None:
    """As those of pages are: of a damaged bz2 block, the whole block; of a file cut in mid-stream nobody knows."""
    fields = {"id": "1", "title": "A", "text": "A mill stands.", "reference": "A is B", "candidate": "A is B."}
    packed = [bz2.compress((json.dumps(fields) + "\n").encode() * 20) for _ in range(3)]
    broken = bytearray(packed[1])
    broken[len(broken) // 2] ^= 0xFF
    files = {
        f"damaged.{suffix}.bz2": packed[0] + bytes(broken) + packed[2],
        f"cut.{suffix}.gz": gzip.compress((json.dumps(fields) + "\n").encode() * 20)[:-20],
    }
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
        source = get_source(name)
        items = source.work_items([tmp_path / file], CONFIG)
        records = [record for item in items for record in source.read(item, CONFIG)]
        letters = [one.reason for one in records if isinstance(one, DeadLetter) and one.reason in FILE_DAMAGE]
        lost = sum(one.count for one in records if isinstance(one, Tally) and one.name == "bytes lost")
        assert len(letters) == 1
        assert (lost > 0) == file.startswith("damaged")
        assert lost <= len(packed[1])
