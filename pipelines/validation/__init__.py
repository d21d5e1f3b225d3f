"""The gate: what is counted over every block, and what is expected of it."""
