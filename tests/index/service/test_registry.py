"""What is in service, as it stands on disk."""

from pathlib import Path

import pytest

from index.service.registry import Registry, Retired, Served
from realm.errors import UserError

OLD, NEW = Served("/data/old", disposable=True), Served("/data/new", disposable=False)
GONE = Retired("a", "/data/old", disposable=True)


def test_a_registry_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    assert Registry.read(tmp_path) == Registry()
    registry = Registry().with_current("1", "a", OLD).with_current("2", "b", NEW).without_garbage([])
    registry.write(tmp_path)
    assert Registry.read(tmp_path) == registry


def test_what_is_neither_current_nor_leased_is_retired() -> None:
    registry = Registry().with_current("1", "a", OLD).with_current("2", "b", NEW)
    assert registry.without_garbage({"a"}) == registry
    collected = registry.without_garbage([])
    assert (collected.current, dict(collected.versions), collected.retired) == ("b", {"b": NEW}, (GONE,))
    assert not collected.without_retired(GONE).retired


def test_a_version_that_is_published_again_retires_where_it_was_before() -> None:
    registry = Registry().with_current("1", "a", OLD)
    again = registry.with_current("2", "a", OLD)
    assert (again.versions, again.retired) == (registry.versions, ())
    moved = registry.with_current("3", "a", NEW)
    assert (dict(moved.versions), moved.retired) == ({"a": NEW}, (GONE,))


def test_what_a_publication_led_to_is_known_while_it_is_one_of_the_last() -> None:
    registry = Registry().with_current("first", "a", OLD)
    assert (registry.published_by("first"), registry.published_by("other")) == ("a", None)
    for number in range(1000):
        registry = registry.with_current(str(number), "b", NEW)
    assert (registry.published_by("999"), registry.published_by("first")) == ("b", None)
    assert len(registry.published) < 1000


def test_a_directory_is_in_use_while_something_in_service_lies_in_or_below_it() -> None:
    registry = Registry().with_current("1", "a", OLD)
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
        '{"current": null, "versions": [], "retired": [], "published": []}',
        '{"current": "a", "versions": {}, "retired": [], "published": []}',
        '{"current": null, "versions": {}, "retired": [{}], "published": []}',
        '{"current": null, "versions": {}, "retired": [], "published": ["a"]}',
        '{"current": null, "versions": {}, "retired": []}',
    ],
)
def test_a_damaged_registry_is_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "service.json").write_text(content)
    with pytest.raises(UserError, match=r"service\.json is damaged .* remove the file"):
        Registry.read(tmp_path)
