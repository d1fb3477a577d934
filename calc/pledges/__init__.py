"""What claims of one pledge agree on, and running totals over time."""
