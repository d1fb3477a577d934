"""What people said of money, and what it adds up to. Imports ``rates``, never the reverse."""
