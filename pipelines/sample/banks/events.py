"""Banks about events, by kind of event: what went before, how it went, what came after."""

from pipelines.sample.banks.events_aftermath import AFTERMATH
from pipelines.sample.banks.events_background import BACKGROUND
from pipelines.sample.banks.events_course import COURSE

__all__ = ["AFTERMATH", "BACKGROUND", "COURSE"]
