"""Word lists are written as prose, one string, and read as sets."""


def words(text: str) -> frozenset[str]:
    """The words of `text`, separated by white space."""
    return frozenset(text.split())
