"""Decisions against the claims of a run: which apply, what they change, what contradicts what."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UsageError

from ..links.group import Group
from ..schema import TEXT
from .blocks import LINKS, NOBODY, Decision

_NO_ROWS: Mapping[str, Any] = {}


class Ruling(NamedTuple):
    """What decisions come to for a table of claims.

    ``claims`` is the table with the cells that were decided; ``of_claim`` the decisions that were
    applied, by claim; ``links`` those about several claims and ``accepted`` those about a figure;
    ``head`` names the first of the claims that a person said are the same, by claim; ``apart``
    holds the pairs of such names (or claims) that a person said are different.
    """

    claims: pd.DataFrame
    notes: tuple[str, ...]
    of_claim: Mapping[str, tuple[Decision, ...]]
    links: tuple[Decision, ...]
    accepted: tuple[Decision, ...]
    head: Mapping[str, str]
    apart: frozenset[tuple[str, str]]

    @property
    def applied(self) -> tuple[Decision, ...]:
        """The decisions that were applied, each once, in the order of their file."""
        found = {id(one): one for told in self.of_claim.values() for one in told}
        return tuple(sorted(found.values(), key=_order))

    def among(self, rows: pd.DataFrame) -> Ruling:
        """What the decisions come to for some of the rows; the notes stay those of all."""
        ids = set(rows["claim_id"])
        return self._replace(
            claims=self.claims.loc[rows.index],
            of_claim={name: told for name, told in self.of_claim.items() if name in ids},
            links=tuple(one for one in self.links if ids.issuperset(one.claims)),
            accepted=tuple(one for one in self.accepted if ids.issuperset(one.claims)),
            head={name: head for name, head in self.head.items() if name in ids and head in ids},
            apart=frozenset(pair for pair in self.apart if ids.issuperset(pair)),
        )

    def differ(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether a person said that a claim of ``a`` and one of ``b`` are different."""
        if not self.apart:
            return False
        mine, other = self._heads(a), self._heads(b)
        return any(_pair(x, y) in self.apart for x in mine for y in other)

    def differ_groups(self, a: tuple[Group, ...], b: tuple[Group, ...]) -> bool:
        """The same for the claims of groups."""
        return bool(self.apart) and self.differ(
            (claim.id for one in a for claim in one.claims),
            (claim.id for one in b for claim in one.claims),
        )

    def _heads(self, claims: Iterable[str]) -> set[str]:
        ruled = {name for pair in self.apart for name in pair}
        return {self.head.get(name, name) for name in claims} & ruled


def rule(decisions: Iterable[Decision], prepared: pd.DataFrame) -> Ruling:
    """Apply ``decisions`` to a prepared table of claims. Their order does not matter.

    Raises UsageError when two contradict each other, naming both with their lines. A decision
    whose claim is gone, or whose words are others now, is not applied and gives a note.
    """
    ordered = sorted(decisions, key=lambda one: (one.kind, one.claims, str(one.value), one.line))
    ids = sorted(set(prepared["claim_id"].astype(TEXT)))
    resolved = [_resolved(one, ids) for one in ordered]
    refuse_contradictions(resolved)
    text = dict(zip(prepared["claim_id"], prepared["text"], strict=True))
    notes: list[tuple[int, str]] = []
    valid = [one for found in resolved if (one := _valid(found, ids, text, notes))]
    frame, of_claim = _changed(valid, prepared, notes)
    valid = _of_one_role(valid, frame, notes)
    head, apart = _links(valid)
    if apart:
        _cut(frame, head, apart)
    for one in valid:
        if one.kind in (*LINKS, "accept"):
            for name in one.claims:
                of_claim[name].append(one)
    return Ruling(
        frame,
        tuple(words for _line, words in sorted(notes)),
        {name: tuple(sorted(found, key=_order)) for name, found in of_claim.items()},
        tuple(one for one in valid if one.kind in LINKS),
        tuple(one for one in valid if one.kind == "accept"),
        head,
        apart,
    )


def _resolved(one: Decision, ids: list[str]) -> Decision:
    """The decision with whole ids, also that of the whole that its claims are parts of."""
    value = full_id(str(one.value), ids) if one.kind == "part_of" else one.value
    return one._replace(claims=tuple(full_id(name, ids) for name in one.claims), value=value)


def _order(one: Decision) -> tuple[str, int, str, str]:
    return (one.path, one.line, one.kind, one.said)


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def full_id(name: str, ids: list[str]) -> str:
    """The id that ``name`` is or begins; a pledge is named by its first claim; else itself."""
    for wanted in (name, name.removeprefix("p-")):
        fits = _starting(wanted, ids)
        if wanted in fits[:1] or len(fits) == 1:
            return fits[0]
    return name


def _starting(prefix: str, ids: list[str]) -> list[str]:
    first = bisect_left(ids, prefix)
    found = []
    for name in ids[first : first + 6]:
        if not name.startswith(prefix):
            break
        found.append(name)
    return found


def _valid(
    one: Decision, ids: list[str], text: Mapping[str, Any], notes: list[tuple[int, str]]
) -> Decision | None:
    """The decision about those of its claims that are still there with their words."""
    kept = []
    for name, expected in zip(one.claims, one.texts or (None,) * len(one.claims), strict=True):
        why = _gone(name, expected, ids, text)
        if why is None:
            kept.append((name, expected))
        else:
            notes.append((one.line, f"{one.place}: {one.shown} is not applied: {why}"))
    if one.kind == "part_of" and (why := _gone(str(one.value), None, ids, text)):
        notes.append((one.line, f"{one.place}: {one.shown} is not applied: {why}"))
        return None
    if len(kept) < (2 if one.kind in LINKS else 1):
        return None
    return one._replace(
        claims=tuple(name for name, _ in kept), texts=tuple(words for _, words in kept)
    )


def _gone(name: str, expected: str | None, ids: list[str], text: Mapping[str, Any]) -> str | None:
    if name not in text:
        fits = _starting(name, ids)
        if fits:
            return f"{name!r} begins {len(fits)} or more ids ({', '.join(fits[:3])}, …)"
        words = f"no claim here has the id {name!r}"
        if expected:
            now = [one for one in ids if _same_words(text[one], expected)][:3]
            words += f"; it said {expected!r}" + (f", as {', '.join(now)} do now" if now else "")
        return words
    if expected is not None and not _same_words(text[name], expected):
        return f"{name} said {expected!r} then and says {text[name]!r} now"
    return None


def _same_words(a: object, b: str) -> bool:
    return " ".join(str(a).split()) == " ".join(b.split())


def refuse_contradictions(decisions: Iterable[Decision]) -> None:
    """Raise UsageError when two decisions cannot both hold, naming all that are involved."""
    ordered = list(decisions)
    _refuse_two_values(ordered)
    _refuse_same_and_different(ordered)
    _refuse_parts(ordered)


def _refuse_two_values(decisions: list[Decision]) -> None:
    known: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        if one.kind in LINKS:
            continue
        for name in one.claims:
            other = known.setdefault((_facet(one), name), one)
            if _role(other) != _role(one):
                raise contradiction(f"two values for {name}", [other, one])


def _role(one: Decision) -> object:
    return "noise" if one.kind == "reject" else one.value


def contradiction(what: str, blocks: Iterable[Decision]) -> UsageError:
    """The error that lists decisions that cannot all hold, with their lines."""
    listed = "; ".join(
        f"{one.place}: {one.shown} ({one.said})"
        for one in sorted(set(blocks), key=lambda one: (one.path, one.line, one.shown))
    )
    return UsageError(f"decisions contradict each other ({what}): {listed}; take one of them out")


def _refuse_same_and_different(decisions: list[Decision]) -> None:
    said: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    for one in decisions:
        if one.kind == "same":
            for name in one.claims[1:]:
                said[one.claims[0]].append((name, one))
                said[name].append((one.claims[0], one))
    for one in decisions:
        if one.kind == "different":
            for a, b in combinations(one.claims, 2):
                chain = _chain(a, b, said)
                if chain is not None:
                    raise contradiction(f"{a} and {b}", [one, *chain])


def _refuse_parts(decisions: list[Decision]) -> None:
    """A part is neither its whole, nor apart from it, nor the whole of it."""
    parts = {
        (name, str(one.value)): one
        for one in decisions
        if one.kind == "part_of"
        for name in one.claims
    }
    for (part, whole), one in parts.items():
        if part == whole:
            raise contradiction(f"{part} is a part of itself", [one])
        if (whole, part) in parts:
            raise contradiction(f"{part} and {whole}", [one, parts[whole, part]])
        for other in decisions:
            if other.kind in LINKS and {part, whole} <= set(other.claims):
                raise contradiction(f"{part} and {whole}", [one, other])


def _chain(a: str, b: str, said: Mapping[str, list[tuple[str, Decision]]]) -> list[Decision] | None:
    """The decisions by which ``a`` and ``b`` are the same, the fewest; None when they are not."""
    before: dict[str, tuple[str, Decision] | None] = {a: None}
    waiting = deque([a])
    while waiting:
        name = waiting.popleft()
        for other, one in said.get(name, ()):
            if other not in before:
                before[other] = (name, one)
                waiting.append(other)
    if b not in before:
        return None
    found = []
    step = before[b]
    while step is not None:
        found.append(step[1])
        step = before[step[0]]
    return found


def _links(decisions: list[Decision]) -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """The first of the claims that are the same, by claim; the pairs that are different."""
    head: dict[str, str] = {}
    for one in decisions:
        if one.kind == "same":
            roots = {head.get(name, name) for name in one.claims}
            first = min(roots)
            for name in (*one.claims, *(name for name, root in head.items() if root in roots)):
                head[name] = first
    apart = {
        _pair(head.get(a, a), head.get(b, b))
        for one in decisions
        if one.kind == "different"
        for a, b in combinations(one.claims, 2)
    }
    return head, frozenset(apart)


def _changed(
    decisions: list[Decision],
    prepared: pd.DataFrame,
    notes: list[tuple[int, str]],
) -> tuple[pd.DataFrame, dict[str, list[Decision]]]:
    """The table with its decided cells, and the decisions that each claim was given."""
    frame = prepared.copy()
    frame.attrs = dict(prepared.attrs)
    of_claim: dict[str, list[Decision]] = defaultdict(list)
    named = {name for one in decisions for name in one.claims}
    children = _children(decisions, prepared)
    known = prepared[prepared["claim_id"].isin(named)]
    rows = {row["claim_id"]: row for row in known.to_dict("records")}
    cells: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in decisions:
        made = _cells(one)
        if not made:
            continue
        changed = False
        for name in one.claims:
            told = {key: value for key, value in made.items() if not key.endswith("_basis")}
            changed |= any(_differs(rows.get(name, _NO_ROWS).get(k), v) for k, v in told.items())
            # A stated conversion has the role and the parties of the figure that it converts.
            for child in (name, *children.get((one.kind, name), ())):
                cells[child] |= made
                of_claim[child].append(one)
        if not changed:
            notes.append((one.line, f"{one.place}: {one.shown} changed nothing: so it is read"))
    for name in sorted(cells):
        mask = frame["claim_id"] == name
        for column, value in cells[name].items():
            frame.loc[mask, column] = value
    return frame, of_claim


# What a stated conversion takes over from the figure that it converts.
_FOLLOWED = ("role", "reject", "donor", "recipient", "status", "date")


def _children(
    decisions: list[Decision], prepared: pd.DataFrame
) -> dict[tuple[str, str], list[str]]:
    """The stated conversions that follow a decision, by its kind and claim.

    One that is decided itself does not.
    """
    bases = {name for one in decisions if one.kind in _FOLLOWED for name in one.claims}
    own = {(_facet(one), name) for one in decisions for name in one.claims}
    tied = prepared.loc[prepared["conversion_of"].isin(bases), ["claim_id", "conversion_of"]]
    pairs = list(tied.itertuples(index=False, name=None))
    return {
        (one.kind, name): [
            child for child, base in pairs if base == name and (_facet(one), child) not in own
        ]
        for one in decisions
        if one.kind in _FOLLOWED
        for name in one.claims
    }


def _facet(one: Decision) -> str:
    return "role" if one.kind == "reject" else one.kind


def _of_one_role(
    decisions: list[Decision], frame: pd.DataFrame, notes: list[tuple[int, str]]
) -> list[Decision]:
    """The decisions without those that join what is no pledge or total, or a pledge and a total."""
    named = {name for one in decisions if one.kind in (*LINKS, "accept") for name in one.claims}
    if not named:
        return decisions
    columns = ["claim_id", "role", "conversion_of"]
    rows = frame.loc[frame["claim_id"].isin(named), columns].itertuples(index=False, name=None)
    found = {name: (role, base) for name, role, base in rows}
    bases = frame.loc[frame["claim_id"].isin([base for _, base in found.values()])]
    of_base = dict(zip(bases["claim_id"], bases["role"], strict=True))
    kept = []
    for one in decisions:
        roles = {}
        if one.kind in (*LINKS, "accept"):
            roles = {name: of_base.get(found[name][1], found[name][0]) for name in one.claims}
        if len(set(roles.values())) > 1 or set(roles.values()) - {"pledge", "total"}:
            told = ", ".join(f"{name} is of role {role}" for name, role in roles.items())
            what = "is not applied" if one.kind != "different" else "changed nothing"
            why = f"{told}; decide the role first if that is wrong"
            notes.append((one.line, f"{one.place}: {one.shown} {what}: {why}"))
        else:
            kept.append(one)
    return kept


def _differs(old: Any, new: Any) -> bool:
    if new is None or old is None or pd.isna(old):
        return not ((new is None) and (old is None or bool(pd.isna(old))))
    return bool(old != new)


def _cells(one: Decision) -> dict[str, Any]:
    """The cells of a claim that a decision sets."""
    value = one.value
    if one.kind == "currency":
        return {"currency": value, "currency_basis": "decision", "currency_candidates": value}
    if one.kind == "amount":
        assert isinstance(value, Decimal)
        number = float(value)
        return {
            **dict.fromkeys(("amount", "amount_low", "amount_high"), number),
            "qualifier": None,
        }
    if one.kind == "as_of":
        assert isinstance(value, dt.date)
        return {"as_of": pd.Timestamp(value)}
    if one.kind == "role":
        return {"role": value, "noise_reason": one.said if value == "noise" else None}
    if one.kind == "reject":
        return {"role": "noise", "noise_reason": f"rejected {one.said}"}
    if one.kind in ("donor", "recipient"):
        return {one.kind: None if value == NOBODY else value}
    if one.kind in ("status", "part_of"):
        return {one.kind: value}
    if one.kind == "date":
        return _date_cells(str(value))
    return {}


def _date_cells(date: str) -> dict[str, Any]:
    precision = {4: "year", 7: "month"}.get(len(date), "day")
    first = dt.date.fromisoformat((date + "-01-01")[:10])
    return {
        "value_date": pd.Timestamp(first),
        "value_date_precision": precision,
        "value_date_basis": "given",
    }


def _cut(frame: pd.DataFrame, head: Mapping[str, str], apart: frozenset[tuple[str, str]]) -> None:
    """Take out the ties of documents (conversions, repeats) between what a person set apart."""
    involved = {name for pair in apart for name in pair}
    root: dict[str, str] = {}

    def find(name: str) -> str:
        name = head.get(name, name)
        while root.get(name, name) != name:
            name = root[name]
        return name

    holds: dict[str, set[str]] = {name: {name} for name in involved}
    for column in ("conversion_of", "repeats"):
        tied = frame[frame[column].notna()]
        for row in tied.sort_values(["source", "start", "claim_id"]).itertuples():
            a, b = find(str(row.claim_id)), find(str(getattr(row, column)))
            if a == b:
                continue
            mine, other = holds.get(a, set()), holds.get(b, set())
            if any(_pair(x, y) in apart for x in mine for y in other):
                frame.loc[frame["claim_id"] == row.claim_id, column] = None
                continue
            first, second = sorted((a, b))
            root[second] = first
            holds[first] = mine | other
