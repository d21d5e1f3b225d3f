"""The corpus stage: dumps to Parquet blocks with salient spans, on Apache Beam."""
