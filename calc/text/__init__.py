"""Words, guarded patterns, and how amounts are written."""
