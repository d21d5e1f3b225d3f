"""Banks of sentences that nobody asks about, by kind of page."""
