"""The run report: one self-contained HTML page that says what a run learnt."""
