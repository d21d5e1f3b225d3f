"""The sources a corpus can be made from: one file each, named here."""

from pipelines.sources.base import Source
from pipelines.sources.ccnews import CcNews
from pipelines.sources.kelm import Kelm
from pipelines.sources.text import Text
from pipelines.sources.wikipedia import Wikipedia
from realm.errors import UserError

SOURCES: dict[str, Source] = {source.name: source for source in (Wikipedia(), CcNews(), Kelm(), Text())}


def get_source(name: str) -> Source:
    """Returns the source called `name`.

    Raises:
        UserError: there is none; the message names those there are.
    """
    if name not in SOURCES:
        raise UserError(f"There is no source '{name}'; choose one of {', '.join(SOURCES)}.")
    return SOURCES[name]
