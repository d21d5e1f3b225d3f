"""Stage `report`: one HTML page that says what the run learnt, for people who have not seen the code.

python -m app.report
"""

from pathlib import Path

from app.report.page import render
from app.results import Results
from app.workspace import Workspace
from realm.errors import main_guard
from realm.stage import stage_parser
from realm.storage import publish_directory

PAGE = "index.html"


def run(workspace: Workspace) -> Path:
    """Writes `data/report/index.html` and returns its path. Equal results give equal bytes."""
    directory = workspace.paths.root / "report"
    html = render(Results(workspace))
    with publish_directory(directory) as beside:
        (beside / PAGE).write_text(html, encoding="utf-8")
    return directory / PAGE


def main() -> None:
    """Command line."""
    arguments = stage_parser(__doc__).parse_args()
    print(f"report: {run(Workspace(arguments.params, None))}")


if __name__ == "__main__":
    main_guard(main)
