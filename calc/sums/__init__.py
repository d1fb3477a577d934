"""What may be added: safe sums, and why each row counts or does not."""
