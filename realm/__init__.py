"""Ground floor: what all stages share. Needs torch, transformers and pyarrow only."""
