"""Many claims by blocks: what may be one pledge stands together, and blocks run side by side."""
