"""The ground floor runs where only torch, transformers and pyarrow are installed, with what these need themselves."""

import subprocess
import sys
from importlib.metadata import distribution, packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement

FLOOR = ("torch", "transformers", "pyarrow")
HIDE = """
import importlib, importlib.machinery, pathlib, sys

hidden = set(sys.argv[2:])

class Finder(importlib.machinery.PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.split(".")[0] in hidden else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(importlib.machinery.PathFinder)] = Finder
root = pathlib.Path(sys.argv[1])
names = [".".join(path.relative_to(root).with_suffix("").parts) for path in sorted((root / "realm").rglob("*.py"))]
for name in names:
    importlib.import_module(name.removesuffix(".__init__"))
print(len(names), *sorted(hidden & {name.split(".")[0] for name in sys.modules}))
"""


def needed(names: tuple[str, ...]) -> set[str]:
    """The distributions that `names` cannot do without."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        asked = [Requirement(one) for one in requires(distribution(name).name) or ()]
        waiting += [one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found


def test_every_module_of_the_ground_floor_imports_without_any_other_package() -> None:
    allowed = needed(FLOOR)
    owners = packages_distributions()
    others = [
        package
        for package, names in owners.items()
        if package != "realm" and not {name.lower().replace("_", "-") for name in names} & allowed
    ]
    others_here = {"ray", "faiss", "spacy", "apache_beam", "pandas", "great_expectations"} & owners.keys()
    assert others_here <= set(others)
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", HIDE, str(root), *others], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(len(list((root / "realm").rglob("*.py"))))]
