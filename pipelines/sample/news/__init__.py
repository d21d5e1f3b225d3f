"""Invented news in genuine archives: outlets, stories, pages that a reader must drop, WARC files."""
