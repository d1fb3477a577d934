"""Printed numbers as intervals, windows of days, and what money is worth on a day."""
