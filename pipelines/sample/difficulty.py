"""How hard the sample is, measured on the cleaned text: what can be had without reading with understanding.

Three shortcuts are measured on a question set. Each is the best that somebody can do who lacks one thing: BM25 knows
words but no meaning; the blind reader has the right passage but not the question; the guesser has the question's kind
but no passage.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.sample.questions import Question
from pipelines.sentences import split_sentences
from realm.errors import UserError

WORDPIECES_A_WORD = 1.45  # of the sample's text with a vocabulary of its own, about
_PASSAGE_WORDS = round(280 / WORDPIECES_A_WORD)


# At most so much of the dev questions may be had by each shortcut; the frozen world keeps them.
BOUNDS = {"bm25_recall_at_1": 0.75, "blind_reader_ceiling": 0.35, "commonest_answer": 0.1}


@dataclass(frozen=True)
class Passage:
    """About what becomes a block: whole sentences of one article."""

    title: str
    text: str


@dataclass(frozen=True)
class Difficulty:
    """Shares of the questions that a shortcut gets right.

    Attributes:
        bm25_recall_at_1: BM25's first passage holds the answer.
        bm25_recall_at_5: one of its first five does.
        blind_reader_ceiling: no reader that is given the passage of the subject's own article that states the
            answer, but not the question, can have more right.
        commonest_answer: the most frequent answer in training to questions of the same kind is right.
    """

    bm25_recall_at_1: float
    bm25_recall_at_5: float
    blind_reader_ceiling: float
    commonest_answer: float


def cut_passages(prose: Mapping[str, str]) -> list[Passage]:
    """Packs each article's sentences greedily, as blocks are, but by words: no tokenizer is trained yet."""
    return [Passage(title, text) for title, article in prose.items() for text in _pack(article)]


def measure(passages: Sequence[Passage], questions: Sequence[Question], training: Sequence[Question]) -> Difficulty:
    """Measures all shortcuts on `questions`."""
    ranked = _bm25(passages, [one.question for one in questions], k=5)
    places = [
        next((rank for rank, number in enumerate(found) if holds(passages[number].text, one.answer)), None)
        for one, found in zip(questions, ranked, strict=True)
    ]
    return Difficulty(
        bm25_recall_at_1=round(sum(place == 0 for place in places) / len(places), 4),
        bm25_recall_at_5=round(sum(place is not None for place in places) / len(places), 4),
        blind_reader_ceiling=round(_blind_ceiling(passages, questions), 4),
        commonest_answer=round(_commonest(questions, training), 4),
    )


def require_hard(found: Difficulty) -> None:
    """Ends the stage if a shortcut gets too far.

    Raises:
        UserError: it does; the message names it.
    """
    for name, bound in BOUNDS.items():
        value = getattr(found, name)
        if value >= bound:
            raise UserError(
                f"The sample is too easy: {name} is {value} on the dev questions and must be below {bound}. "
                "Change the section 'sample' of params.yaml, or the wordings in pipelines/sample."
            )


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers stands in `text` as whole words."""
    return any(answer in text and whole(answer).search(text) for answer in answers)


def whole(answer: str) -> re.Pattern[str]:
    """Matches `answer`, but not as part of a longer word or number."""
    return re.compile(rf"(?<![\w,]){re.escape(answer)}(?!\w|,\d)")


def _pack(article: str) -> Iterator[str]:
    start, words = 0, 0
    end = 0
    for sentence in split_sentences(article):
        count = len(article[sentence.start : sentence.end].split())
        if words and words + count > _PASSAGE_WORDS:
            yield article[start:end]
            start, words = sentence.start, 0
        start = sentence.start if not words else start
        words, end = words + count, sentence.end
    if words:
        yield article[start:end]


def _bm25(passages: Sequence[Passage], queries: Sequence[str], *, k: int) -> list[list[int]]:
    """Numbers of the `k` best passages for each query, by title and text."""
    import bm25s

    index = bm25s.BM25()
    index.index(
        bm25s.tokenize([f"{one.title} {one.text}" for one in passages], show_progress=False), show_progress=False
    )
    found = index.retrieve(bm25s.tokenize(list(queries), show_progress=False), k=k, show_progress=False)
    return [[int(number) for number in row] for row in found.documents]


def _blind_ceiling(passages: Sequence[Passage], questions: Sequence[Question]) -> float:
    """A passage can have one guess: its most frequent answer is the best one."""
    by_title: defaultdict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        by_title[passage.title].append(number)
    asked: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for one in questions:
        places = [n for title in one.pages[:1] for n in by_title[title] if holds(passages[n].text, one.answer)]
        if places:
            asked[places[0]][one.answer[0]] += 1
    counted = sum(sum(answers.values()) for answers in asked.values())
    return sum(max(answers.values()) for answers in asked.values()) / max(1, counted)


def _commonest(questions: Sequence[Question], training: Sequence[Question]) -> float:
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in training:
        seen[relation_of(one)][one.answer[0]] += 1
    guesses = {kind: answers.most_common(1)[0][0] for kind, answers in seen.items()}
    return sum(guesses.get(relation_of(one)) == one.answer[0] for one in questions) / len(questions)


def relation_of(question: Question) -> str:
    """What is asked for, such as `city/founded`."""
    subject, relation = question.fact_id.split("/")
    return f"{subject.split('-')[0]}/{relation}"
