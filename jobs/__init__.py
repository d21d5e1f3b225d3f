"""Running stages on Ray: one local Ray for a whole run, and job submission."""
