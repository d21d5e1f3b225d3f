"""Taggers of kind `wikilinks` and `conll`, trained in a second."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import train_tagger
from pipelines.sentences import split_sentences
from pipelines.tagger import Tagger, load_tagger
from pipelines.tagging import fast
from pipelines.tagging.case_statistics import CaseStatistics
from pipelines.tagging.conll import read_conll
from pipelines.tagging.features import describe
from pipelines.tagging.network import Network
from pipelines.tagging.scores import metrics
from pipelines.train_tagger import DEAD_LETTERS
from realm.errors import UserError
from realm.schema import Span
from realm.tokenizer import Tokenizer
from tests.files import contents
from tests.pipelines import taggers
from tests.pipelines.dumps import SOURCES, pages, write_lines, write_multistream, write_tokenizer

PROSE = (
    "Avern lies on the river Wend, where Zoë Holt and François d'Or met. In May 1204 the Wend flooded Avern again. "
    "他去了北京市。 Cafe\u0301 Müller 🚀 opened: 👩\u200d🚀 İstanbul! Nothing else happened there. Das Straßenfest."
)
TRAIN = """
from pathlib import Path
from pipelines import train_tagger
from tests.pipelines.dumps import SOURCES
from tests.pipelines.taggers import settings
train_tagger.run(settings(kind="wikilinks"), raw=Path("{raw}"), sources=SOURCES, output=Path("{output}"))
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    write_multistream(folder / "wikipedia" / "tiny.xml.bz2", pages(40))
    return folder


@pytest.fixture(scope="module")
def directory(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("models") / "tagger"
    train_tagger.run(taggers.settings(kind="wikilinks"), raw=raw, sources=SOURCES, output=output)
    return output


@pytest.fixture(scope="module")
def tagger(directory: Path) -> Tagger:
    return loaded(directory)


def loaded(directory: Path) -> Tagger:
    tagger = load_tagger(directory)
    assert tagger is not None
    return tagger


def found(tagger: Tagger, text: str) -> list[str]:
    return [text[span.start : span.end] for span in tagger.spans(text, split_sentences(text))]


def test_it_learns_the_names_that_articles_link_to(tagger: Tagger) -> None:
    assert found(tagger, "It is a town on the river Wend, founded in 1444 by Margaret Holt.") == [
        "Wend",
        "1444",
        "Margaret Holt",
    ]
    assert found(tagger, "It has a bridge of nine arches and a mill.") == []


def test_equal_inputs_give_equal_bytes_whatever_the_order_of_hashes(raw: Path, directory: Path, tmp_path: Path) -> None:
    code = TRAIN.format(raw=raw, output=tmp_path / "again")
    environment = {**os.environ, "PYTHONHASHSEED": "77", "OPENBLAS_NUM_THREADS": "2"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True)
    assert contents(tmp_path / "again") == contents(directory)
    assert not any(b"pickle" in data or data.startswith(b"\x80\x04") for data in contents(directory).values())


def test_spans_depend_on_the_article_alone(tagger: Tagger, directory: Path) -> None:
    alone = tagger.spans(PROSE, split_sentences(PROSE))
    fresh = loaded(directory)
    for text in ("Other words come before. " * 50, PROSE[:60], ""):
        fresh.spans(text, split_sentences(text))
    assert fresh.spans(PROSE, split_sentences(PROSE)) == alone
    assert fresh.fingerprint == tagger.fingerprint


def test_memory_stays_flat_as_words_are_forgotten(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_ZONE_WORDS", 3_000)
    network = Network.load(directory)
    statistics = CaseStatistics.load(directory)
    sizes = []
    for turn in range(20):
        text = "\n".join(f"Word{turn}x{n} is new here." for n in range(400))
        network.entities(describe(text, split_sentences(text), statistics))
        sizes.append(len(network.language.vocab.strings))
    assert max(sizes) < 5_000  # 8,000 words were new, each with a spelling or two


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from([*PROSE, "\u0301", "北", "🚀", "\n"]), max_size=120))
def test_spans_lie_inside_one_sentence_never_overlap_and_hold_no_edge_spaces(tagger: Tagger, text: str) -> None:
    sentences = split_sentences(text)
    spans = tagger.spans(text, sentences)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(any(s.start <= span.start < span.end <= s.end for s in sentences) for span in spans)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


def test_spans_are_mapped_exactly_to_wordpieces(tagger: Tagger, tmp_path: Path) -> None:
    tokenizer = Tokenizer.load(write_tokenizer(tmp_path / "tokenizer"))
    named = map(place, ("Zoë Holt", "北京市", "Cafe\u0301", "François d'Or", "👩\u200d🚀", "İstanbul", "Straßenfest"))
    whole = tokenizer.encode(PROSE)
    for span in [*tagger.spans(PROSE, split_sentences(PROSE)), *named]:
        inside = [number for number, (start, end) in enumerate(whole.offsets) if start < span.end and end > span.start]
        assert [whole.ids[number] for number in inside] == tokenizer.encode(PROSE[span.start : span.end]).ids
        assert all(span.start <= whole.offsets[n][0] and whole.offsets[n][1] <= span.end for n in inside)


def place(part: str) -> Span:
    return Span(PROSE.index(part), PROSE.index(part) + len(part), "")


def test_inputs_without_links_teach_by_capitals_alone_and_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: list[dict[str, object]] = [
        {"id": str(n), "title": "A", "text": f"In the town Ada{n} met Bo. The town is old."} for n in range(40)
    ]
    write_lines(tmp_path / "raw" / "text" / "a.jsonl", lines)
    config = taggers.settings(kind="wikilinks")
    values = train_tagger.run(config, raw=tmp_path / "raw", sources=SOURCES, output=tmp_path / "tagger")
    assert (values["links"], values["entities"]) == (0, 80)
    assert "no article has links" in capsys.readouterr().err
    assert found(loaded(tmp_path / "tagger"), "In the town Eve met Bo.") == ["Eve", "Bo"]


def test_inputs_without_links_and_capitals_are_refused_with_the_way_out(tmp_path: Path) -> None:
    write_lines(tmp_path / "raw" / "text" / "a.jsonl", [{"id": "1", "title": "a", "text": "no name, no name at all."}])
    config = taggers.settings(kind="wikilinks")
    with pytest.raises(UserError, match=r"neither links nor capitals.*tagger\.kind to 'spacy'"):
        train_tagger.run(config, raw=tmp_path / "raw", sources=SOURCES, output=tmp_path / "tagger")
    assert not (tmp_path / "tagger").exists()


def conll(path: Path, *odd: str) -> Path:
    lines = [f"It O\nis O\non O\nWend B-LOC\nby O\nAda{n} B-PER\nHolt I-PER\n. O\n" for n in range(60)]
    path.write_text("\n".join([*lines, "Odd line here\n", *(f"{line}\n" for line in odd)]), encoding="utf-8")
    return path


def test_a_labelled_file_teaches_its_own_labels_and_odd_lines_are_kept_as_dead_letters(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = taggers.settings(kind="conll", conll=str(conll(tmp_path / "some.conll")))
    train_tagger.run(config, raw=raw, sources=SOURCES, output=tmp_path / "tagger")
    fingerprint = loaded(tmp_path / "tagger").fingerprint
    gold = conll(tmp_path / "gold.conll", "An odder line still", "Ada PER")
    values = train_tagger.run(replace(config, gold=str(gold)), raw=raw, sources=SOURCES, output=tmp_path / "tagger")
    assert values["dropped"] == {"odd columns": 1}
    assert values["gold"]["PER"]["f1"] > 0.9
    assert values["gold"]["dropped"] == {"odd columns": 2, "odd label": 1}
    assert letters(tmp_path / "tagger" / DEAD_LETTERS) == [("conll", "some.conll, line 541", "odd columns")]
    assert letters(tmp_path / f"tagger.gold.{DEAD_LETTERS}") == [
        ("gold", "gold.conll, line 541", "odd columns"),
        ("gold", "gold.conll, line 543", "odd columns"),
        ("gold", "gold.conll, line 545", "odd label"),
    ]
    assert "sentences of tagger.gold dropped: odd columns 2, odd label 1; see tagger.gold" in capsys.readouterr().err
    assert loaded(tmp_path / "tagger").fingerprint == fingerprint  # what measures a tagger makes no other of it
    text = "It is on Wend by Eve Holt . In May 1999 ."
    assert labelled_spans(tmp_path / "tagger", text) == [("Wend", "LOC"), ("Eve Holt", "PER"), ("May 1999", "DATE")]
    train_tagger.run(config, raw=raw, sources=SOURCES, output=tmp_path / "tagger")
    assert not (tmp_path / f"tagger.gold.{DEAD_LETTERS}").exists()


def letters(path: Path) -> list[tuple[str, str, str]]:
    return [(row["source"], row["record_id"], row["reason"]) for row in pq.read_table(path).to_pylist()]


def labelled_spans(directory: Path, text: str) -> list[tuple[str, str]]:
    spans = loaded(directory).spans(text, split_sentences(text))
    return [(text[span.start : span.end], span.label) for span in spans]


def test_where_a_file_labels_dates_its_dates_are_taken_and_no_others(raw: Path, tmp_path: Path) -> None:
    lines = [
        f"On O\nthe B-DATE\n{n % 27 + 1}th I-DATE\nof I-DATE\nMay I-DATE\nAda{n} B-PER\nfell O\n" for n in range(80)
    ]
    (tmp_path / "dates.conll").write_text("\n".join(lines), encoding="utf-8")
    config = taggers.settings(kind="conll", conll=str(tmp_path / "dates.conll"))
    train_tagger.run(config, raw=raw, sources=SOURCES, output=tmp_path / "tagger")
    # by rules the date would begin behind "the", and "the" be a span of its own
    assert labelled_spans(tmp_path / "tagger", "On the 5th of May Eve7 fell") == [
        ("the 5th of May", "DATE"),
        ("Eve7", "PER"),
    ]


def test_a_kind_without_its_file_says_which_key_is_null(raw: Path, tmp_path: Path) -> None:
    for kind, key in (("conll", "conll"), ("spacy", "pipeline")):
        with pytest.raises(UserError, match=rf"tagger\.{key} in params.yaml is null"):
            train_tagger.run(taggers.settings(kind=kind), raw=raw, sources=SOURCES, output=tmp_path / "tagger")


def test_metrics_tell_apart_right_missed_and_wrong(tmp_path: Path) -> None:
    file = tmp_path / "gold"
    file.write_text("Ada B-PER\nHolt I-PER\nmet O\nthe O\nKing B-PER\nof O\nArvik B-LOC\nin O\nMay O\n1204 O\n")
    documents = read_conll(file, max_odd_share=0.0, use="gold").documents
    rules = load_tagger("rules")
    assert rules is not None
    # finds "Ada Holt" and "Arvik", not "King"; the date is none of the file's labels
    assert metrics(rules, documents) == {"spans": 3, "unlabelled": {"precision": 1.0, "recall": 0.6667, "f1": 0.8}}
