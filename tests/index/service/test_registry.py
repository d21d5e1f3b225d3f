"""What is in service, as it stands on disk."""

from pathlib import Path

import pytest

from index.service.registry import Registry, Retired, Served
from realm.errors import UserError

OLD, NEW = Served("/data/old", disposable=True), Served("/data/new", disposable=False)
GONE = Retired("a", "/data/old", disposable=True)


def test_a_registry_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    assert Registry.read(tmp_path) == Registry()
    registry = Registry().with_current("a", OLD).with_current("b", NEW).without_garbage([])
    registry.write(tmp_path)
    assert Registry.read(tmp_path) == registry


def test_what_is_neither_current_nor_leased_is_retired() -> None:
    registry = Registry().with_current("a", OLD).with_current("b", NEW)
    assert registry.without_garbage({"a"}) == registry
    collected = registry.without_garbage([])
    assert (collected.current, dict(collected.versions), collected.retired) == ("b", {"b": NEW}, (GONE,))
    assert not collected.without_retired(GONE).retired


def test_a_version_that_is_published_again_retires_where_it_was_before() -> None:
    registry = Registry().with_current("a", OLD)
    assert registry.with_current("a", OLD) == registry
    moved = registry.with_current("a", NEW)
    assert (dict(moved.versions), moved.retired) == ({"a": NEW}, (GONE,))


def test_a_directory_is_in_use_while_something_in_service_lies_in_or_below_it() -> None:
    registry = Registry().with_current("a", OLD)
    assert [registry.serves_from(one) for one in ("/data/old", "/data", "/data/new", "/data/old/er", "/data/ol")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"current": null, "versions": [], "retired": []}',
        '{"current": "a", "versions": {}, "retired": []}',
        '{"current": null, "versions": {}, "retired": [{}]}',
    ],
)
def test_a_damaged_registry_is_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "service.json").write_text(content)
    with pytest.raises(UserError, match=r"service\.json is damaged .* remove the file"):
        Registry.read(tmp_path)
