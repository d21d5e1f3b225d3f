"""Templates that leave a raised mark behind a word, or nothing at all: references and remarks of editors."""

from typing import Final

from pipelines.wordlists import phrases, words

_REFERENCES: Final = words("refn efn efn-ua efn-lr efn-la r rp ref note reflist fn fnb cn fact #tag mcn dn")
_REMARKS: Final = phrases(
    """ref label|note label|notetag|ref num|clarify|clarify span|who|whom|by whom|when|where|which|why|how|what|dubious
    |page needed|verify source|vague|failed verification|original research inline|pov-statement|specify|better source
    |unreliable source?|according to whom|dead link|disambiguation needed|update inline|verify credibility|full
    |self-published inline|quantify|primary source-inline|year needed|volume needed|weasel inline|weasel-inline
    |peacock term|undue inline|lopsided|elucidate|clarification needed|additional citation needed|full citation needed
    |need quotation to verify|synthesis inline|tone-inline|inconsistent|contradict-inline|refimprove inline
    |not in source|third-party-inline|importance-inline|relevance inline|time fact|pronunciation needed|date missing
    |chronology citation needed|non-primary source needed|medical citation needed|attribution needed|buzz
    |inline citation needed|citequote|speculation inline|unreferenced inline|needs update inline|awkward|example needed
    |examples|contradictory inline|expand inline|check|copyedit inline|irrelevant citation|facts|verify quote
    |unreliable medical source|quotation needed|opinion|non sequitur|ambiguous|definition needed|jargon inline
    |cần chú thích|cần số trang|số trang|liên kết hỏng|webarchive|cần cập nhật trong dòng|cref2|cref|cần dẫn nguồn
    |qualify evidence|update after|inflation-fn|refimprove
    |not verified in body|which?|who?|when?|discuss|clarifyme|verification needed|bcn|cb|fact or opinion"""
)
_STARTS: Final = ("cite", "citation", "harv", "sfn")


def is_footnote(name: str) -> bool:
    """Whether the template leaves a raised mark behind a word, or nothing at all, and never a word."""
    return name in _REFERENCES or name in _REMARKS or name.startswith(_STARTS)
