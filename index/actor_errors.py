"""What an actor's method raised, for who called it."""

from typing import TYPE_CHECKING

from realm.errors import UserError

if TYPE_CHECKING:
    from ray.exceptions import RayTaskError


def raised_by_actor(error: "RayTaskError") -> Exception:
    """The error that has a sentence, where Ray wraps one; otherwise Ray's own, which shows where it came from.

    Ray's own has neither the sentence nor an `OSError`'s number.
    """
    cause = error.cause
    return cause if isinstance(cause, UserError | OSError) else error
