"""How a spaCy pipeline is installed."""

import re
from typing import Final

# Later ones are for spaCy 4, and spacy-transformers for older versions of transformers than ours.
TRANSFORMERS: Final = "python -m pip install 'spacy-curated-transformers<1'"
_PUBLISHED: Final = re.compile(r"[a-z]{2,3}_\w+_\w+_(?:sm|md|lg|trf)")


def command(pipeline: str) -> str:
    """The command that installs a pipeline: those that spaCy publishes are in no package index."""
    published = _PUBLISHED.fullmatch(pipeline)
    return f"python -m spacy download {pipeline}" if published else f"python -m pip install {pipeline}"
