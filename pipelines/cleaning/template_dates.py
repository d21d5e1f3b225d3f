"""Templates that carry a date or a year."""

from collections.abc import Callable, Mapping
from typing import Final

from pipelines.cleaning.arguments import Arguments

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _month(value: str) -> str:
    if value.isdecimal() and 1 <= int(value) <= len(MONTHS):
        return MONTHS[int(value) - 1]
    return value.capitalize() if value.isalpha() else ""


def written_date(year: str, month: str, day: str, *, day_first: bool) -> str | None:
    """A date as prose has it; month and day may be empty; None without a year."""
    if not year:
        return None
    name = _month(month)
    if not name:
        return year
    if not day.isdecimal():
        return f"{name} {year}"
    return f"{int(day)} {name} {year}" if day_first else f"{name} {int(day)}, {year}"


def _date(arguments: Arguments) -> str | None:
    if not arguments.get(1)[:1].isdecimal() or not arguments.get(2):
        return arguments.get(1) or None
    return _date_from(arguments, 1)


def _date_from(arguments: Arguments, first: int) -> str | None:
    day_first = arguments.on("df", "dayfirst")
    return written_date(arguments.get(first), arguments.get(first + 1), arguments.get(first + 2), day_first=day_first)


def _sortable(arguments: Arguments) -> str | None:
    parts = [part for part in arguments.positional if part and part not in {"format=dmy", "format=mdy"}]
    if len(parts) == 1:
        return parts[0]
    day_first = arguments.get("format") != "mdy"
    year, month, day = [*parts, "", "", ""][:3]
    return written_date(year, month, day, day_first=day_first)


def _as_of(arguments: Arguments) -> str | None:
    date = written_date(arguments.get(1), arguments.get(2), arguments.get(3), day_first=arguments.on("df"))
    if date is None or arguments.get("alt"):
        return arguments.get("alt") or None
    head = "as of" if arguments.on("lc") else "As of"
    if arguments.on("since"):
        head = "since" if arguments.on("lc") else "Since"
    return f"{head} {date}"


def _circa(arguments: Arguments) -> str | None:
    first, second = arguments.get(1), arguments.get(2)
    return f"c. {first} – c. {second}" if first and second else f"c. {first}".strip()


def _ranged(head: str) -> Callable[[Arguments], str | None]:
    def renderer(arguments: Arguments) -> str | None:
        years = "–".join(part for part in arguments.positional[:2] if part)
        return f"{head} {years}" if years else None

    return renderer


def _old_style(arguments: Arguments) -> str | None:
    day, year = arguments.get(1), arguments.get(2)
    return f"{day} {year}".strip() or None


DATE_TEMPLATES: Final[Mapping[str, Callable[[Arguments], str | None]]] = {
    **dict.fromkeys(
        ("birth date", "birth date and age", "birth-date", "birth-date and age", "death date", "death-date", "bda",
         "dob", "birth year", "start date", "start date and age", "end date", "start-date", "release date", "film date",
         "launch date", "date", "birth date and age2", "death year", "founded", "opening date"),
        _date,
    ),
    **dict.fromkeys(("death date and age", "death date and given age", "death-date and age"), _date),
    **dict.fromkeys(("dts", "date table sorting", "sort date", "dtsh"), _sortable),
    "as of": _as_of,
    **dict.fromkeys(("circa", "c.", "ca."), _circa),
    **dict.fromkeys(("fl.", "floruit"), _ranged("fl.")),
    **dict.fromkeys(("reign", "r."), _ranged("r.")),
    "oldstyledate": _old_style,
    "oldstyledatedy": _old_style,
}  # fmt: skip
