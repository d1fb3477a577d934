"""Whose money a sum is about: donor, recipient and status as people write them."""

from __future__ import annotations

from typing import NamedTuple

from rates.errors import UsageError

from ..links.rows import Claim, party
from ..pledges.pledge import Pledge
from ..schema import STAGES


class Selection(NamedTuple):
    """Whose money a sum is about; None takes all."""

    donor: tuple[str, ...] | None
    recipient: tuple[str, ...] | None
    status: str | None

    def takes(self, donor: tuple[str, ...], recipient: tuple[str, ...]) -> bool:
        """Whether a pledge is of that donor and for that recipient, alone or with others."""
        return all(
            asked is None or bool(set(asked) & set(own))
            for asked, own in ((self.donor, donor), (self.recipient, recipient))
        )

    def shared(self, one: Pledge) -> str | None:
        """Why only a part of a pledge may be the asked one's: it is joint with others."""
        for asked, own, word in (
            (self.donor, one.donor, "given together with"),
            (self.recipient, one.recipient, "shared with"),
        ):
            others = [name for name in own if asked is not None and name not in asked]
            if others:
                return f"{word} {', '.join(others)}, without shares"
        return None

    def may_take(self, claim: Claim) -> bool:
        """The same for a claim to list as left out: a party that is not named may be meant."""
        return all(
            asked is None or not own or bool(set(asked) & set(own))
            for asked, own in ((self.donor, claim.donor), (self.recipient, claim.recipient))
        )

    def __str__(self) -> str:
        parts = [
            ", ".join(self.donor) if self.donor else "all donors",
            "for " + (", ".join(self.recipient) if self.recipient else "all recipients"),
        ]
        return " ".join([*parts, *([f"with status {self.status}"] if self.status else [])])


def select(donor: str | None, recipient: str | None, status: str | None) -> Selection:
    """Understand names and status as people write them; an unknown status is an error."""
    if status is not None and status.lower() not in STAGES:
        raise UsageError(f"{status!r} is no status; choose one of {', '.join(STAGES)}")
    return Selection(named(donor), named(recipient), status.lower() if status is not None else None)


def named(name: str | None) -> tuple[str, ...] | None:
    """A donor or recipient as people write it, canonical; None stands for all.

    >>> named("lithuania"), named(None)
    (('Lithuania',), None)
    """
    return party(name) if name else None
