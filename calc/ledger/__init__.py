"""Everything that linking found, opened in one place."""
