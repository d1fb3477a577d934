"""Figures in context become claims: ``read`` for files and folders, ``read_text`` for a text."""

from .sources import read, read_text

__all__ = ["read", "read_text"]
