"""Are these two files about the same pledge? Yes, no or maybe, with the pairs and the reasons."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from .. import schema
from ..claims import read
from ..decisions import Decisions
from ..ledger.ledger import Ledger
from ..links.contraction import Link
from ..links.relations import INSIDE, ONE_MONEY, Relation
from ..links.rows import Claim
from ..pledges.pledge import Pledge, worth
from ..reconcile import Reconciliation, reconcile
from ..telling.review import chance_of_error

Source = str | os.PathLike[str] | pd.DataFrame
COLUMNS = {
    "relation": "text",
    "confidence": "number",
    "a_id": "text",
    "a": "text",
    "b_id": "text",
    "b": "text",
    "reasons": "text",
}
_SURE = 0.9  # from which confidence on the answer is yes
_NEVER_MORE = 0.99  # no evidence of words makes two claims surely one pledge
_MOST = 5  # pairs that are no one pledge; two folders have thousands
_PARTS = ("_a", "_b")


class SamePledge(NamedTuple):
    """Whether two files are about the same pledge: ``answer`` is ``yes``, ``no`` or ``maybe``.

    ``reasons`` are sentences, the one that decides first. ``pairs`` is a table of claims of the one
    and the other: their ``relation`` (``same``, ``part-of``, ``revision-of``, ``different`` …), the
    ``confidence`` that it is so (never 1) and why. ``str`` is the answer with its reasons.
    """

    answer: str
    reasons: tuple[str, ...]
    pairs: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON: the answer, its reasons, and the pairs as records."""
        pairs = [dict(row) for row in schema.records(self.pairs)]
        return {"answer": self.answer, "reasons": list(self.reasons), "pairs": pairs}

    def __str__(self) -> str:
        first, *rest = self.reasons
        return "\n".join([f"{self.answer.capitalize()}: {first}", *(f"  {one}" for one in rest)])


def same_pledge(
    a: Source,
    b: Source,
    *,
    published: str | None = None,
    names: tuple[str, str] | None = None,
    policy: str = "spot",
    rates: Any = None,
    decisions: Decisions | str | os.PathLike[str] | None = None,
) -> SamePledge:
    """Whether ``a`` and ``b`` (files, folders, or tables of claims) tell of the same pledge.

    ``yes``: a pledge that both tell, with good evidence; ``no``: none that could be one; ``maybe``:
    the evidence does not decide, one may be a part or a later version of the other, or one of the
    two names no pledge. ``published`` stands for the date of files that carry none,
    ``names`` are what the reasons call the two. Equal amounts
    alone never make a yes. Errors are those of ``read`` and ``reconcile``.

    >>> a = pd.DataFrame({"source": ["a"], "published": ["2024-11-04"], "donor": ["Norway"],
    ...     "recipient": ["Chad"], "amount": [5e6], "currency": ["EUR"]})
    >>> b = a.assign(source="b", donor="Sweden")
    >>> print(same_pledge(a, b))
    No: the donors differ: Norway and Sweden
    """
    tables = [one if isinstance(one, pd.DataFrame) else read(one, published=published)
              for one in (a, b)]  # fmt: skip
    called = names or [_name(one, word) for one, word in ((a, "the first"), (b, "the second"))]
    both = pd.concat(_apart(tables), ignore_index=True)
    result = reconcile(both, policy=policy, rates=rates, decisions=decisions)
    return _answered(result, called)


def _name(source: Source, word: str) -> str:
    return (
        f"{word} table"
        if isinstance(source, pd.DataFrame)
        else os.path.basename(  # noqa: PTH119
            os.fspath(source).rstrip("/")
        )
    )


def _apart(tables: Sequence[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The tables with a mark of their own, and with ids that differ where a file was copied."""
    ids = [set(one["claim_id"]) if "claim_id" in one else set() for one in tables]
    copied = ids[0] & ids[1]
    for table, mark in zip(tables, _PARTS, strict=True):
        found = table.assign(same_side=mark)
        if copied and mark == _PARTS[1]:
            found["source"] = found["source"].astype(schema.TEXT) + " (second)"
            for column in ("claim_id", "conversion_of", "repeats", "part_of"):
                if column in found:
                    found[column] = [
                        f"{cell}b" if isinstance(cell, str) and cell in copied else cell
                        for cell in found[column]
                    ]
        yield found


def _answered(result: Reconciliation, names: Sequence[str]) -> SamePledge:
    ledger = result.ledger
    sides = dict(zip(result.claims["claim_id"], result.claims["same_side"], strict=True))
    of = {one.id: {sides[claim.id] for claim in one.claims} for one in ledger.pledges}
    silent = [
        name
        for name, mark in zip(names, _PARTS, strict=True)
        if not any(mark in found for found in of.values())
    ]
    if silent:
        both = " and ".join(dict.fromkeys(silent))
        verb = "names" if len(set(silent)) == 1 else "name"
        reason = f"unknown, because {both} {verb} no pledge of money"
        return SamePledge("maybe", (reason, *_totals(ledger, sides)), schema.frame([], COLUMNS))
    rows = [*_joined(ledger, sides, of), *_related(ledger, sides, of)]
    if not rows:
        rows = _different(ledger, sides, of)
    rows.sort(key=lambda row: (_RANK[row["relation"]], -row["confidence"], row["a_id"]))
    answer = _word(rows)
    told = [row["reasons"] for row in rows if _RANK[row["relation"]] < _RANK["different"]]
    told = told or [row["reasons"] for row in rows[:1]]
    counted = _counted(of, rows) if answer == "yes" else []
    reasons = (told[0], *counted, *told[1:_MOST], *_totals(ledger, sides))
    return SamePledge(answer, tuple(reasons), schema.frame(rows, COLUMNS))


_RANK = {
    name: place
    for place, name in enumerate(
        ("same", "conversion-of", "earlier-announcement-of", "revision-of", "stage-of", "part-of",
         "instalment-of", "unclear", "different")
    )
}  # fmt: skip


def _word(rows: Sequence[dict[str, Any]]) -> str:
    if any(row["relation"] == "same" and row["confidence"] >= _SURE for row in rows):
        return "yes"
    return "no" if all(row["relation"] == "different" for row in rows) else "maybe"


def _counted(of: dict[str, set[str]], rows: Sequence[dict[str, Any]]) -> list[str]:
    """How many other pledges each of the two tells, where they tell more than the same."""
    same = sum(row["relation"] == "same" for row in rows)
    others = [sum(found == {mark} for found in of.values()) for mark in _PARTS]
    if not any(others):
        return []
    one = f"{same} pledge{'s' * (same != 1)} in both"
    return [f"{one}; besides, the first names {others[0]} more, the second {others[1]}"]


def _joined(
    ledger: Ledger, sides: dict[str, str], of: dict[str, set[str]]
) -> Iterator[dict[str, Any]]:
    """Pledges that both files tell."""
    for one in ledger.pledges:
        if len(of[one.id]) < len(_PARTS):
            continue
        first, second = (_tell(one, sides, mark) for mark in _PARTS)
        link = _best_link(one, ledger, sides)
        decided = ledger.decided(one.claims)
        confidence = _NEVER_MORE
        if not decided:
            bits = link.bits if link is not None else 0.0
            confidence = round(min(1 - chance_of_error(bits), _NEVER_MORE), 2) if bits > 0 else 0.5
            if link is None and first.sentence and first.sentence == second.sentence:
                confidence = _NEVER_MORE
        why = "; ".join(decided) or _pieces(link, f"{first.text} and {second.text}")
        if link is None and not decided and confidence == _NEVER_MORE:
            why = "the same sentence stands in both"
        sure = confidence >= _SURE
        if first.text == second.text:
            words = f"both {'report' if sure else 'may mean'} {first.text!r}, {_who(one)}"
        else:
            words = f"{first.text!r} and {second.text!r} {'are' if sure else 'may be'} one pledge, "
            words += _who(one)
        yield _row("same", confidence, first, second, f"{words}: {why}" if why else words)


def _tell(one: Pledge, sides: dict[str, str], mark: str) -> Claim:
    own = [claim for claim in one.claims if sides[claim.id] == mark]
    return min(own, key=lambda claim: (claim.base is not None, claim.echo is not None, claim.start))


def _best_link(one: Pledge, ledger: Ledger, sides: dict[str, str]) -> Link | None:
    of = {group.id: {sides[claim.id] for claim in group.claims} for group in one.cluster}
    across = [
        link
        for link in ledger.links
        if link.a in of and link.b in of and of[link.a] != of[link.b] and not link.refused
    ]
    return max(across, key=lambda link: (link.bits, link.a, link.b), default=None)


def _pieces(link: Link | None, amounts: str = "") -> str:
    """What speaks for a link, the strongest first; equal amounts are told already."""
    if link is None:
        return ""
    told = sorted(link.pieces, key=lambda piece: -piece.bits)
    words = [
        one.words for one in told if one.bits > 0 and one.words and "prior" not in one.evidence
    ]
    return ", ".join([one for one in dict.fromkeys(words) if one != amounts][:_MOST])


def _related(
    ledger: Ledger, sides: dict[str, str], of: dict[str, set[str]]
) -> Iterator[dict[str, Any]]:
    """Pledges of the one file that may hold money of the other's."""
    for one in (*ledger.overlaps, *ledger.near):
        inner, outer = ledger.pledges[one.inner], ledger.pledges[one.outer]
        if not (of[inner.id] == {_PARTS[0]} and of[outer.id] == {_PARTS[1]}) and not (
            of[inner.id] == {_PARTS[1]} and of[outer.id] == {_PARTS[0]}
        ):
            continue
        pair = sorted((inner, outer), key=lambda p: sides[p.claims[0].id])
        first, second = (_tell(p, sides, mark) for p, mark in zip(pair, _PARTS, strict=True))
        confidence = round(min(max(1 - chance_of_error(one.bits), 0.0), _NEVER_MORE), 2)
        if one.bits < 0:
            confidence = round(chance_of_error(one.bits), 2)
        yield _row(_relation(one), confidence, first, second, _related_words(one, inner, outer))


def _relation(one: Relation) -> str:
    return "unclear" if one.kind == "same" else one.kind


def _related_words(one: Relation, inner: Pledge, outer: Pledge) -> str:
    small, large = inner.teller, outer.teller
    pair = f"{small.text!r} ({small.source}) and {large.text!r} ({large.source})"
    why = ", ".join(piece.words for piece in one.pieces if piece.bits > 0 and piece.words)
    if one.kind in INSIDE:
        may = "is" if one.sure else "may be"
        words = f"{small.text!r} ({small.source}) {may} a part of {large.text!r} ({large.source})"
    elif one.kind in ONE_MONEY:
        words = f"{pair} may be one sum, reported twice"
    else:
        words = f"{pair} may be one pledge that was changed"
    return f"{words}: {why}" if why else words


def _different(
    ledger: Ledger, sides: dict[str, str], of: dict[str, set[str]]
) -> list[dict[str, Any]]:
    """The pairs that come closest, and what keeps them apart."""
    firsts = [one for one in ledger.pledges if of[one.id] == {_PARTS[0]}][:_CROSSED]
    seconds = [one for one in ledger.pledges if of[one.id] == {_PARTS[1]}][:_CROSSED]
    found = []
    for one in firsts:
        for other in seconds:
            unlike = list(_unlike(one, other, ledger))
            first, second = _tell(one, sides, _PARTS[0]), _tell(other, sides, _PARTS[1])
            relation = "different" if unlike else "unclear"
            reason = "; ".join(unlike) or (
                f"unknown, because nothing tells {first.text!r} and {second.text!r} apart, "
                "and nothing says that they are one"
            )
            row = _row(relation, 0.5 if not unlike else _NEVER_MORE, first, second, reason)
            found.append((len(unlike), row))
    found.sort(key=lambda pair: (pair[0], pair[1]["a_id"], pair[1]["b_id"]))
    return [row for _, row in found[:_MOST]]


_CROSSED = 50  # pledges of each that are compared with each other


def _unlike(one: Pledge, other: Pledge, ledger: Ledger) -> Iterator[str]:
    """In what two pledges differ, for people."""
    for word in ("donor", "recipient"):
        mine, its = getattr(one, word), getattr(other, word)
        if mine and its and not set(mine) & set(its):
            yield f"the {word}s differ: {', '.join(mine)} and {', '.join(its)}"
    ends = [worth(p, ledger.currency, ledger.valuation) for p in (one, other)]
    (low, high), (its_low, its_high) = ((end.low, end.high) for end in ends)
    if None in (low, its_low):
        return
    assert low is not None
    assert its_low is not None
    top, its_top = high or float("inf"), its_high or float("inf")
    if top < its_low or its_top < low:
        texts = f"{one.teller.text!r} and {other.teller.text!r}"
        yield f"the amounts differ: {texts}"
    refused = _refused(one, other, ledger)
    if refused:
        yield refused


def _refused(one: Pledge, other: Pledge, ledger: Ledger) -> str | None:
    """Why the links keep two pledges apart, where they weighed them."""
    mine, its = ({group.id for group in p.cluster} for p in (one, other))
    for link in ledger.links:
        if (link.a in mine and link.b in its) or (link.b in mine and link.a in its):
            if link.refused:
                return link.refused
            against = [p for p in link.pieces if p.bits < 0 and p.words]
            if link.bits < 0 and against:
                return min(against, key=lambda p: p.bits).words
    return None


def _totals(ledger: Ledger, sides: dict[str, str]) -> Iterator[str]:
    for series in ledger.series:
        told = {sides[claim.id] for point in series.points for claim in point.claims}
        if len(told) == len(_PARTS):
            who = ", ".join(series.donor) or "one donor"
            yield f"both also give a running total of {who}; a total is no pledge"


def _who(one: Pledge) -> str:
    return f"{', '.join(one.donor) or 'donor unknown'} → {', '.join(one.recipient) or 'unknown'}"


def _row(
    relation: str, confidence: float, first: Claim, second: Claim, reasons: str
) -> dict[str, Any]:
    return {
        "relation": relation,
        "confidence": confidence,
        "a_id": first.id,
        "a": f"{first.text} ({first.source})",
        "b_id": second.id,
        "b": f"{second.text} ({second.source})",
        "reasons": reasons,
    }


def pairs_of(found: SamePledge) -> Iterable[dict[str, Any]]:
    """The pairs as records, those that decide first."""
    return [dict(row) for row in schema.records(found.pairs)]
