"""The calls that a person should settle, as text and as records, with commands to paste."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import Any

from ..links.rows import Claim
from ..telling.call import Call, WayToDecide
from ..telling.review import money
from .cells import clean
from .json_lines import line
from .render import render
from .tables import WIDTH
from .terminal import inset

SHOWN = 10  # ten minutes of a person's time


def calls_text(
    calls: Sequence[Call],
    currency: str,
    form: str = "table",
    top: int | None = None,
    files: Sequence[str] = (),
    file: str = "decisions.toml",
    width: int = WIDTH,
) -> str:
    """The first ``top`` calls (of a table the first ten, else all) in any of our formats.

    ``files`` and ``file`` go into the commands, so that they can be pasted as they are.
    """
    shown = calls[: top or (SHOWN if form == "table" else None)]
    records = [
        _record(number, one, currency, files, file) for number, one in enumerate(shown, start=1)
    ]
    if form == "json":
        return "".join(map(line, records))
    if form != "table":
        return render([_flat(one) for one in records], form)
    if not calls:
        return "Nothing to settle: no call is close.\n"
    texts = [
        _text(number, one, currency, files, file, width)
        for number, one in enumerate(shown, start=1)
    ]
    if len(calls) > len(shown):
        texts.append(f"… and {len(calls) - len(shown)} more; --top N shows N of them\n")
    return "\n".join(texts)


def flat_calls(
    calls: Sequence[Call], currency: str, files: Sequence[str], file: str
) -> list[dict[str, Any]]:
    """The calls as records of plain cells, the most money first."""
    return [
        _flat(_record(number, one, currency, files, file))
        for number, one in enumerate(calls, start=1)
    ]


def command(answer: WayToDecide, files: Sequence[str], file: str) -> str:
    """The command that decides so.

    >>> way = WayToDecide("reject", ("a1",), None, "no pledge")
    >>> command(way, ["my page.txt"], "decisions.toml")
    "pledgecalc decide reject a1 'my page.txt' --why 'no pledge'"
    """
    words = ["pledgecalc", "decide", answer.kind.replace("_", "-"), *answer.claims, *files]
    words += ["--is", answer.value] if answer.value else []
    words += ["--why", answer.why]
    words += ["--file", file] if file != "decisions.toml" else []
    return shlex.join(words)


def _record(rank: int, one: Call, currency: str, files: Sequence[str], file: str) -> dict[str, Any]:
    return {
        "rank": rank,
        "kind": one.kind,
        "question": one.question,
        "claim_ids": "|".join(claim.id for claim in one.claims),
        "sentences": [_sentence(claim) for claim in one.claims],
        "bits": one.bits,
        "evidence_for": [f"{p.bits:+.1f} {p.words}" for p in one.evidence if p.bits > 0],
        "evidence_against": [f"{p.bits:+.1f} {p.words}" for p in one.evidence if p.bits < 0],
        "chance": round(one.chance, 4),
        "amount": one.effect,
        "currency": currency,
        "commands": [command(answer, files, file) for answer in one.answers],
    }


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "; ".join(value) if isinstance(value, list) else value
        for name, value in record.items()
    }


def _sentence(claim: Claim) -> str:
    said = claim.sentence or claim.text
    return clean(f"{claim.text!r} ({claim.source}): {' '.join(said.split())}")


def _text(rank: int, one: Call, currency: str, files: Sequence[str], file: str, width: int) -> str:
    bits = "" if one.bits is None else f" ({one.bits:+.1f} bits)"
    lines = [inset(f"{rank}. {one.kind}: {one.question}{bits}", width)]
    lines.append(inset(f"   {money(one, currency)}", width))
    lines += [inset(f"   {_sentence(claim)}", width) for claim in one.claims]
    lines += [inset(f"   {words}", width) for words in _evidence(one)]
    # A command stays on one line, however long: it is there to be pasted.
    lines += [f"     {command(answer, files, file)}" for answer in one.answers]
    return "\n".join(lines) + "\n"


def _evidence(one: Call) -> Iterable[str]:
    for name, sign in (("for", 1), ("against", -1)):
        pieces = sorted(
            (piece for piece in one.evidence if piece.bits * sign > 0),
            key=lambda piece: (-abs(piece.bits), piece.evidence),
        )
        if pieces:
            yield f"{name}: " + "; ".join(f"{piece.bits:+.1f} {piece.words}" for piece in pieces)
