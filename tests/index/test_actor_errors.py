"""What an actor's method raised comes back as it was, where it has a sentence."""

import errno

import pytest
from ray.exceptions import RayTaskError

from index.actor_errors import raised_by_actor
from realm.errors import UserError


@pytest.mark.parametrize("cause", [UserError("Bad input. Mend it."), OSError(errno.ENOSPC, "No space left on device")])
def test_what_has_a_sentence_comes_out_of_rays_error(cause: Exception) -> None:
    assert raised_by_actor(RayTaskError("embed_item", "at line 1", cause)) is cause


def test_any_other_error_stays_rays_own_which_says_where_it_was_raised() -> None:
    wrapped = RayTaskError("embed_item", "at line 1", KeyError("rows"))
    assert raised_by_actor(wrapped) is wrapped
