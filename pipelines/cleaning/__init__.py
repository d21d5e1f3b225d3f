"""Wikitext cleaning: a scanner for nested markup, templates that carry text, and lines to paragraphs."""
