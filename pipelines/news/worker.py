"""The extraction process: reads pages from its standard input and answers on its standard output.

It runs apart because extraction meets every HTML there is. A page that takes too long is ended by the kernel's
limit on CPU time, one that breaks a library ends this process: either way the parent takes note and starts another.
"""

import logging
import resource
import sys
import time
from dataclasses import asdict

from pipelines.news.config import DuplicateConfig, NewsConfig
from pipelines.news.frames import read_frame, write_frame
from pipelines.news.page import read_page


def main() -> None:
    """Serves pages until the parent closes the pipe."""
    logging.disable(logging.CRITICAL)  # libraries log what they dislike about every page
    pages, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints, the answers stay whole
    frame = read_frame(pages)
    if frame is None:
        return
    settings = frame[0]
    config = NewsConfig(**{**settings, "duplicates": DuplicateConfig(**settings["duplicates"])})
    resource.setrlimit(resource.RLIMIT_AS, (config.memory_bytes, config.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    served = 0
    while (frame := read_frame(pages)) is not None:
        header, html = frame
        _limit_cpu(config.cpu_seconds)
        page = read_page(html, url=header["url"], captured=header["captured"], config=config)
        write_frame(answers, asdict(page))
        served += 1
        if served % config.pages_per_reset == 0:
            _reset_caches()


def _limit_cpu(seconds: int) -> None:
    """Lets this process use `seconds` more of CPU time (one more is for rounding)."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))


def _reset_caches() -> None:
    from trafilatura.meta import reset_caches

    reset_caches()


if __name__ == "__main__":
    main()
