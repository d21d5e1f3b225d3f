"""First floor: dumps become validated Parquet blocks with salient spans."""
