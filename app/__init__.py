"""Top floor: what a person uses."""
