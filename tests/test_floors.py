"""The rules of the house: a floor imports from the floors below it and from itself, never upward."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "realm": {"realm"},
    "pipelines": {"realm", "pipelines"},
    "index": {"realm", "index"},
    "train": {"realm", "pipelines", "index", "train"},
    "jobs": {"realm", "index", "jobs"},
    "app": {"realm", "pipelines", "index", "train", "jobs", "app"},
}
GROUND_FLOOR_LIBRARIES = {
    "torch",
    "transformers",
    "tokenizers",
    "huggingface_hub",
    "pyarrow",
    "numpy",
    "yaml",
    "safetensors",
}


PICKLING = re.compile(r"^[ \t]*((?:import|from) +(?:pickle|cloudpickle|dill|joblib|marshal|shelve)\b.*)", re.MULTILINE)


def imported_packages(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_a_floor_never_imports_upward(floor: str) -> None:
    for path in (ROOT / floor).rglob("*.py"):
        ours = imported_packages(path) & MAY_IMPORT.keys()
        assert ours <= MAY_IMPORT[floor], f"{path.relative_to(ROOT)} imports {ours - MAY_IMPORT[floor]}"


def test_the_ground_floor_needs_only_torch_transformers_and_pyarrow() -> None:
    import sys

    for path in (ROOT / "realm").rglob("*.py"):
        foreign = imported_packages(path) - {"realm"} - sys.stdlib_module_names - GROUND_FLOOR_LIBRARIES
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_no_file_grows_past_300_lines() -> None:
    sources = [path for floor in MAY_IMPORT for path in (ROOT / floor).rglob("*.py")]
    assert sources
    assert not {str(path): count for path in sources if (count := len(path.read_text().splitlines())) > 300}


def test_nothing_is_pickled_and_of_pickle_only_its_error_is_known() -> None:
    sources = [path for part in (*MAY_IMPORT, "tests", "benchmarks") for path in (ROOT / part).rglob("*.py")]
    found = {line for path in sources for line in PICKLING.findall(path.read_text())}
    assert found == {"from pickle import UnpicklingError"}
