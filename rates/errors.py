"""The errors that this project raises: one base, so that a caller can catch them all.

A message names the value, the place, what would have been accepted, and the next step.
"""

from __future__ import annotations


class PledgecalcError(ValueError):
    """Base of every error that pledgecalc raises on purpose."""


class UsageError(PledgecalcError):
    """An argument (amount, date, policy, column) that cannot be understood."""


class UnknownCurrencyError(UsageError):
    """A code that is no ISO 4217 currency; ``suggestions`` holds the codes that come close."""

    def __init__(self, message: str, code: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.suggestions = suggestions


class NoRateError(PledgecalcError):
    """No published rate answers the question: too early, too late, a hole, or no series."""


class SourceUnavailableError(PledgecalcError):
    """An online source that was asked for cannot be reached, or answers what cannot be used."""


class UnreadableInputError(PledgecalcError):
    """A file, folder or table that could not be read; ``source`` names it."""

    def __init__(self, message: str, source: str) -> None:
        super().__init__(message)
        self.source = source
