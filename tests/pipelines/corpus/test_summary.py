from pathlib import Path

from pipelines.corpus.summary import metrics, write_plots

COUNTS = {
    "pages": 9, "articles": 3, "blocks": 7, "length: 016": 2, "length: 064": 5,
    "dropped: list page": 1, "dropped: no prose left": 4, "dropped: empty page": 1,
}  # fmt: skip


def test_plots_have_every_step_of_the_histogram_and_the_commonest_reason_first(tmp_path: Path) -> None:
    lengths, funnel, rejects = (tmp_path / f"{name}.csv" for name in ("lengths", "funnel", "rejects"))
    write_plots(metrics(COUNTS, damage=()), lengths=lengths, funnel=funnel, rejects=rejects)
    assert lengths.read_text().splitlines() == ["wordpieces,blocks", "16,2", "32,0", "48,0", "64,5"]
    assert funnel.read_text().splitlines() == ["step,count", "pages,9", "articles,3", "blocks,7"]
    reasons = ["no prose left,4", "empty page,1", "list page,1"]
    assert rejects.read_text().splitlines() == ["reason,records", *reasons]
