"""Word lists are written as prose, one string, and read as sets."""


def words(text: str) -> frozenset[str]:
    """The words of `text`, separated by white space."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """The phrases of `text`, separated by bars; lines may be broken anywhere between words."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))
