"""A benchmark that compares answers fails where one is wrong."""

from collections.abc import Iterator

import pytest

import benchmarks.__main__
from benchmarks import serving, swapping
from benchmarks.timing import Row
from realm.errors import UserError, main_guard

RIGHT = {"missed": 0, "mixed": 0}


@pytest.mark.parametrize("wrong", [{"missed": 1, "mixed": 0}, {"missed": 0, "mixed": 3}])
def test_a_missed_or_mixed_answer_of_any_client_is_an_error_that_counts_them(wrong: dict[str, int]) -> None:
    swapping.require_right([RIGHT, RIGHT])
    told = rf"{wrong['missed']} answers were missed and {wrong['mixed']} were not those"
    with pytest.raises(UserError, match=told):
        swapping.require_right([RIGHT, wrong])


def test_what_was_measured_is_printed_before_the_benchmark_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure() -> Iterator[tuple[str, list[Row]]]:
        yield "swapped", [Row("queries", None, note="MIXED 1")]
        swapping.require_right([{"missed": 0, "mixed": 1}])

    monkeypatch.setattr(serving, "measure", lambda _repeats: [])
    monkeypatch.setattr(swapping, "measure", measure)
    monkeypatch.setattr("sys.argv", ["benchmarks", "serving"])
    with pytest.raises(SystemExit) as ended:
        main_guard(benchmarks.__main__.main)
    assert ended.value.code == 2
    shown = capsys.readouterr()
    assert "MIXED 1" in shown.out
    assert "1 were not those of the version" in shown.err
