"""Settings of the news source."""

from dataclasses import dataclass

from realm.constraints import Count, Natural, Share


@dataclass(frozen=True)
class DuplicateConfig:
    """What makes an article a near-duplicate (params section `sources`, `ccnews`, `duplicates`).

    Attributes:
        similarity: least share of shingles in common (Jaccard), as MinHash estimates it.
        permutations: hash functions of a MinHash signature; more cost more and estimate better.
        shingle_words: words of a shingle.
    """

    similarity: Share
    permutations: Count
    shingle_words: Count


@dataclass(frozen=True)
class NewsConfig:
    """Params section `sources`, sub-section `ccnews`.

    Attributes:
        lang: language of the corpus (ISO 639-1); pages in another one are dropped.
        max_html_bytes: a longer page, packed or unpacked, is dropped and counted.
        cpu_seconds: CPU time that extraction may take for one page; then its process is killed.
        memory_bytes: address space that the extraction process may have.
        pages_per_reset: after so many pages the caches of the extraction libraries are emptied.
        min_words: a shorter text is a stub.
        wall_words: a shorter text on a page that says it is not free, or asks to subscribe, is a paywall.
        duplicates: what makes an article a near-duplicate.
    """

    lang: str
    max_html_bytes: Count
    cpu_seconds: Count
    memory_bytes: Count
    pages_per_reset: Count
    min_words: Natural
    wall_words: Natural
    duplicates: DuplicateConfig
