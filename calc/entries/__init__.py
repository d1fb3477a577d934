"""Entries of registers: what they are worth, what they add up to, and what is odd about them."""

from .entries import Entries

__all__ = ["Entries"]
