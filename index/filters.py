"""Which blocks of an index may be found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BlockFilter:
    """What a block must be to be found; an empty filter lets all through, and several conditions must all hold.

    Attributes:
        since: ISO date; blocks dated before it are left out, and undated ones too, as nothing says they are that new.
        until: ISO date; blocks dated after it are left out; undated ones stay, as their snapshot bounds them.
        sources: names such as `wikipedia`; empty for all.
        outlets: who published it, for sources that tell, such as `bbc.com` of news; empty for all.
    """

    since: str | None = None
    until: str | None = None
    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == NO_FILTER


NO_FILTER = BlockFilter()
