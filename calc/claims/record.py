"""A claim as it is read: one typed record from the first look at a sentence to the table's row."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from .signs import Sign, added, changed, signs_in


class Reading(NamedTuple):
    """One figure with all that is read of it: the columns of ``schema.CLAIMS``, in their order.

    What nothing says is None. A step that changes a reading makes a new one.

    >>> from ..schema import CLAIMS
    >>> Reading._fields == tuple(CLAIMS)
    True
    """

    claim_id: str | None = None
    source: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    zone: str | None = None
    sentence: str = ""
    sentence_start: int = 0  # of the sentence in the text; ``start - sentence_start`` is the place
    text: str = ""
    start: int = 0
    end: int = 0
    amount: float | None = None
    amount_low: float | None = None
    amount_high: float | None = None
    currency: str | None = None
    currency_basis: str | None = None
    currency_candidates: str | None = None
    qualifier: str | None = None
    role: str = "noise"
    noise_reason: str | None = None
    status: str = "unknown"
    status_text: str | None = None
    donor: str | None = None
    recipient: str | None = None
    purpose: str | None = None
    modality: str | None = None
    period: str | None = None
    said: str | None = None
    part_of: str | None = None
    entry: str = "report"
    transaction: str | None = None  # these two are of tables alone
    activity: str | None = None
    value_date: datetime.date | None = None
    value_date_precision: str | None = None
    value_date_basis: str | None = None
    as_of: datetime.date | None = None
    conversion_of: str | None = None
    repeats: str | None = None
    signs: str | None = None

    @property
    def is_money_given(self) -> bool:
        """Whether it is a pledge, a total or a target: no noise, no share."""
        return self.role in ("pledge", "total", "target")

    def signed(self, *signs: Sign) -> Reading:
        """The same with signs more, which a later step found.

        >>> Reading().signed(Sign("donor", "document", "Spain", 1)).signs
        'donor document 1 - Spain'
        """
        return self._replace(signs=added(self.signs, signs))

    def with_parties(self, name: str, donor: str | None, recipient: str | None) -> Reading:
        """The same with the giver and receiver that the step ``name`` found, signed by it.

        >>> Reading().with_parties("respectively", "Spain", None).signs
        'donor respectively 1 - Spain'
        """
        if donor == self.donor and recipient == self.recipient:
            return self
        before = self.donor, self.recipient
        signs = changed(signs_in(self.signs), before, (donor, recipient), name)
        return self._replace(donor=donor, recipient=recipient).signed(*signs)
