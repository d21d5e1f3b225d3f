"""What a number of `params.yaml` may be, said beside its field and checked when the section is loaded.

    steps: Count
    learning_rate: Annotated[float, Above(0), AtMost(1)]
    lengths: Annotated[tuple[int, ...], Ascending(4)]

What spans two fields stands in the dataclass's `__post_init__`, which raises a `UserError`.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any


@dataclass(frozen=True)
class AtLeast:
    """A number, or an equal or larger one."""

    least: float

    def __str__(self) -> str:
        """What is allowed, behind "must be"."""
        return f"at least {self.least}"

    def allows(self, value: Any) -> bool:
        """Whether the value is allowed."""
        return bool(value >= self.least)


@dataclass(frozen=True)
class AtMost:
    """A number, or an equal or smaller one."""

    most: float

    def __str__(self) -> str:
        """What is allowed, behind "must be"."""
        return f"at most {self.most}"

    def allows(self, value: Any) -> bool:
        """Whether the value is allowed."""
        return bool(value <= self.most)


@dataclass(frozen=True)
class Above:
    """A larger number."""

    bound: float

    def __str__(self) -> str:
        """What is allowed, behind "must be"."""
        return f"above {self.bound}"

    def allows(self, value: Any) -> bool:
        """Whether the value is allowed."""
        return bool(value > self.bound)


@dataclass(frozen=True)
class Below:
    """A smaller number."""

    bound: float

    def __str__(self) -> str:
        """What is allowed, behind "must be"."""
        return f"below {self.bound}"

    def allows(self, value: Any) -> bool:
        """Whether the value is allowed."""
        return bool(value < self.bound)


@dataclass(frozen=True)
class NotEmpty:
    """A list with something in it."""

    def __str__(self) -> str:
        """What is allowed, behind "must be"."""
        return "a list of one or more"

    def allows(self, value: Any) -> bool:
        """Whether the value is allowed."""
        return len(value) > 0


@dataclass(frozen=True)
class Ascending:
    """A list of numbers, each larger than the one before it, and the first at least `least`."""

    least: int

    def __str__(self) -> str:
        """What is allowed, behind "must be"."""
        return f"one or more numbers from {self.least} on, each larger than the one before it"

    def allows(self, value: Any) -> bool:
        """Whether the value is allowed."""
        return len(value) > 0 and value[0] >= self.least and all(a < b for a, b in pairwise(value))


Constraint = AtLeast | AtMost | Above | Below | NotEmpty | Ascending

Natural = Annotated[int, AtLeast(0)]
Count = Annotated[int, AtLeast(1)]
QueryLength = Annotated[int, AtLeast(3)]  # wordpieces with [CLS] and [SEP]
Share = Annotated[float, AtLeast(0), AtMost(1)]
ShareBelowOne = Annotated[float, AtLeast(0), Below(1)]
Seconds = Annotated[float, Above(0)]
Seed = Annotated[int, AtLeast(0), AtMost(2**32 - 1)]  # numpy takes no other
