"""What is in service, as it stands on disk."""

import time
from pathlib import Path

import pytest

from index.service.registry import Registry, Served
from realm.errors import UserError

OLD, NEW = Served("/old", disposable=True), Served("/new", disposable=False)


def test_a_registry_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    assert Registry.read(tmp_path) == Registry()
    registry = Registry().with_current("a", OLD).with_lease("me", "a", seconds=60).with_current("b", NEW)
    registry.write(tmp_path)
    assert Registry.read(tmp_path) == registry


def test_what_is_neither_current_nor_leased_is_retired() -> None:
    registry = Registry().with_current("a", OLD).with_lease("me", "a", seconds=60).with_current("b", NEW)
    assert registry.without_garbage() == registry
    collected = registry.without_lease("me").without_garbage()
    assert (collected.current, dict(collected.versions), dict(collected.retired)) == ("b", {"b": NEW}, {"a": OLD})
    assert not collected.without_retired("a").retired


def test_a_lease_that_ran_out_keeps_nothing() -> None:
    registry = Registry().with_current("a", OLD).with_lease("dead", "a", seconds=0.01).with_current("b", NEW)
    time.sleep(0.02)
    collected = registry.without_garbage()
    assert (dict(collected.leases), list(collected.retired)) == ({}, ["a"])


def test_a_version_that_is_published_again_is_no_longer_retired() -> None:
    registry = Registry().with_current("a", OLD).with_current("b", NEW).without_garbage().with_current("a", OLD)
    assert list(registry.retired) == []
    assert set(registry.versions) == {"a", "b"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"current": null, "versions": [], "leases": {}, "retired": {}}'])
def test_a_damaged_registry_is_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "service.json").write_text(content)
    with pytest.raises(UserError, match=r"service\.json is damaged .* remove the file"):
        Registry.read(tmp_path)
