"""Salient spans: names by rules, by a network trained on a wiki's own links or on a CoNLL file, or by spaCy; dates."""
