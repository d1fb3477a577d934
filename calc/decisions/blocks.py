"""The file of decisions: one ``[[decision]]`` block each, read strictly and with its line.

The file is written by hand or by ``pledgecalc decide`` and only ever grows. A block that cannot be
understood is an error with its line: a decision that is silently left out would be a guess.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from rates.amounts import parse_amount
from rates.currencies import currency as known_currency
from rates.errors import PledgecalcError, UnreadableInputError, UsageError

from ..parties import canonical
from ..schema import ROLES, STAGES

LINKS = ("same", "different")  # about several claims at once
OF_THE_ACT = ("donor", "recipient", "status", "date", "part_of")
KINDS = (*LINKS, "currency", "amount", "as_of", "role", *OF_THE_ACT, "reject", "accept")
_NEEDS_VALUE = ("currency", "amount", "as_of", "role", *OF_THE_ACT, "accept")
NOBODY = "unknown"  # a party that is not known
# A day, a month or a year: how much is known of the date of an act.
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
# Other words for one key that people write by hand.
_KEYS = {
    "kind": ("kind",),
    "claims": ("claims", "claim", "object"),
    "is": ("is", "value"),
    "low": ("low",),
    "high": ("high",),
    "text": ("text", "texts"),
    "who": ("who",),
    "when": ("when", "date"),
    "why": ("why", "reason"),
}
# A header, or what may hold the words of one: texts of one line and of several, remarks.
_TOKEN = re.compile(
    r"^[ \t]*(\[\[[ \t]*decision[ \t]*\]\])"
    r'|"""(?:\\.|[^\\])*?"""|'
    r"'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'|#[^\n]*",
    re.MULTILINE | re.DOTALL,
)
MOST_BYTES = 20_000_000  # some 100,000 decisions
_SHOWN = 'write [[decision]] blocks such as: kind = "same", claims = ["ID", "ID"], why = "…"'


class Accepted(NamedTuple):
    """A figure that a person settled on: the value, its range, and its currency if given."""

    amount: Decimal
    low: Decimal
    high: Decimal
    currency: str | None


class Decision(NamedTuple):
    """One block: what was decided of which claims, by whom, when and why.

    ``value`` is None (same, different, reject), a currency code, an amount, a day, a role, a
    party, a status, a date as text, the id of a whole, or what was accepted. ``texts`` are the
    words that each claim had when it was decided, None where the block does not say; ``line`` is
    where the block starts in ``path``.
    """

    kind: str
    claims: tuple[str, ...]
    value: str | Decimal | dt.date | Accepted | None = None
    texts: tuple[str | None, ...] = ()
    who: str | None = None
    when: dt.date | None = None
    why: str | None = None
    path: str = "decisions"
    line: int = 0

    @property
    def place(self) -> str:
        """Where the block stands: ``decisions.toml, line 12``."""
        return f"{self.path}, line {self.line}" if self.line else self.path

    @property
    def shown(self) -> str:
        """What was decided, in one line, for messages.

        >>> Decision("currency", ("a1",), "CAD").shown
        'currency of a1 is CAD'
        """
        names = ", ".join(self.claims)
        if self.kind in LINKS:
            return f"{self.kind}: {names}"
        if self.kind == "reject":
            return f"reject {names}"
        value = f"{self.value.amount:f}" if isinstance(self.value, Accepted) else f"{self.value}"
        return f"{self.kind.replace('_', '-')} of {names} is {value}"

    @property
    def said(self) -> str:
        """Who decided when and why, as explanations say it.

        >>> Decision("reject", ("a1",), who="Ada", when=dt.date(2025, 3, 2), why="a misprint").said
        'by decision of 2025-03-02 by Ada: a misprint'
        """
        day = f" of {self.when}" if self.when else ""
        who = f" by {self.who}" if self.who else ""
        return f"by decision{day}{who}: {self.why or 'no reason given'}"


def content_of(file: Path, shown: str) -> bytes:
    """The bytes of a file of decisions; UnreadableInputError for more than anybody decides."""
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableInputError(
            f"{shown}: larger than {MOST_BYTES // 1_000_000} MB; no file of decisions is", shown
        )
    return content


def parse(text: str, path: str) -> tuple[Decision, ...]:
    r"""The decisions in the text of a file, in its order.

    Raises UnreadableInputError for text that is no TOML, and UsageError for a block that cannot be
    understood, both with the line and what would do.

    >>> text = '[[decision]]\nkind = "reject"\nclaim = "a1"\nwhy = "a misprint"'
    >>> [(one.kind, one.claims, one.line) for one in parse(text, "decisions.toml")]
    [('reject', ('a1',), 1)]
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInputError(_broken(error, text, path), path) from error
    except (RecursionError, ValueError) as error:  # a number of 5,000 digits is a ValueError
        what = "nested without end" if isinstance(error, RecursionError) else "a number without end"
        raise UnreadableInputError(f"{path}: {what}; {_SHOWN}", path) from error
    others = [name for name in content if name != "decision"]
    if others:
        raise UsageError(f"{path}: {others[0]!r} is not known here; {_SHOWN}")
    blocks = content.get("decision", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise UsageError(f"{path}: 'decision' is no list of blocks; {_SHOWN}")
    lines = _lines(text, len(blocks))
    return tuple(decision(block, path, line) for block, line in zip(blocks, lines, strict=True))


def _broken(error: tomllib.TOMLDecodeError, text: str, path: str) -> str:
    words = str(error)
    found = re.search(r"\(at line (\d+), column \d+\)", words)
    line = int(found.group(1)) if found else text.count("\n") + 1
    what = words.split(" (at ")[0]
    return f"{path}, line {line}: not valid TOML ({what}); {_SHOWN}"


def _lines(text: str, count: int) -> list[int]:
    """The line of each block; a header inside a text of several lines is none."""
    starts = [found.start(1) for found in _TOKEN.finditer(text) if found[1]]
    if len(starts) != count:  # blocks written as an inline array have no header
        return [0] * count
    lines, line, before = [], 1, 0
    for start in starts:
        line += text.count("\n", before, start)
        before = start
        lines.append(line)
    return lines


def decision(block: Mapping[str, Any], path: str = "decisions", line: int = 0) -> Decision:
    """One decision from the keys of its block; a UsageError says what is wrong with it."""
    place = f"{path}, line {line}" if line else path
    try:
        return _decision(_named(block), path, line)
    except PledgecalcError as error:
        raise UsageError(f"{place}: {error}") from error


def _named(block: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in block.items():
        name = next((name for name, words in _KEYS.items() if key in words), None)
        if name is None:
            raise UsageError(f"{key!r} is no key of a decision; there are {', '.join(_KEYS)}")
        if name in found:
            raise UsageError(f"{name!r} is said twice")
        found[name] = value
    return found


def _decision(block: dict[str, Any], path: str, line: int) -> Decision:
    kind = str(block.get("kind", "")).replace("-", "_")
    if kind not in KINDS:
        raise UsageError(f"{block.get('kind')!r} is no kind of decision; choose {', '.join(KINDS)}")
    claims = tuple(dict.fromkeys(_words(block.get("claims"), "claims")))
    if len(claims) < (2 if kind in LINKS else 1):
        needed = "two or more claims" if kind in LINKS else "a claim"
        raise UsageError(f'{kind!r} needs {needed}, as in claims = ["ID"]')
    texts = tuple(_words(block.get("text"), "text"))
    if texts and len(texts) != len(claims):
        raise UsageError(f"'text' has {len(texts)} entries for {len(claims)} claims")
    if kind != "accept" and ("low" in block or "high" in block):
        raise UsageError(f"'low' and 'high' belong to 'accept', not to {kind!r}")
    return Decision(
        kind,
        claims,
        _value(kind, block),
        tuple(text or None for text in texts) or (None,) * len(claims),
        _line(block, "who"),
        _day(block["when"], "when") if "when" in block else None,
        _line(block, "why"),
        path,
        line,
    )


def _words(value: Any, key: str) -> list[str]:
    items = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) for item in items):
        raise UsageError(f"{key!r} takes text in quotes, one or a list")
    if key == "claims" and not all(item.strip() for item in items):
        raise UsageError("an id is empty")
    return [item.strip() if key == "claims" else item for item in items]


def _line(block: dict[str, Any], key: str) -> str | None:
    value = block.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{key!r} takes text in quotes")
    return " ".join(value.split()) or None if value else None


def _value(kind: str, block: dict[str, Any]) -> str | Decimal | dt.date | Accepted | None:
    value = block.get("is")
    if kind not in _NEEDS_VALUE:
        if value is not None:
            raise UsageError(f"{kind!r} takes no value; 'why' holds the reason")
        return None
    if value is None:
        raise UsageError(f'{kind!r} needs a value, as in is = "…"')
    if kind == "currency":
        return known_currency(str(value)).code
    if kind == "as_of":
        return _day(value, "is")
    if kind == "role":
        return _one_of(value, "role", ROLES)
    if kind in OF_THE_ACT:
        return _of_the_act(kind, value)
    amount, code = _amount(value)
    if kind == "amount":
        if code is not None:
            raise UsageError(f"give {value!r} without its currency, or decide that one too")
        return amount
    low = _amount(block["low"])[0] if "low" in block else amount
    high = _amount(block["high"])[0] if "high" in block else amount
    if not low <= amount <= high:
        raise UsageError(f"{amount:f} does not lie from {low:f} to {high:f}")
    return Accepted(amount, low, high, code)


def _one_of(value: Any, what: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"{value!r} is no {what}; choose {', '.join(known)}")
    return str(value)


def _of_the_act(kind: str, value: Any) -> str:
    """The party, stage, date or whole that a decision gives, as the tables have it."""
    if kind == "status":
        return _one_of(value, "status", STAGES)
    words = " ".join(str(value).split())
    if kind == "date":
        if not _DATE.fullmatch(words):
            raise UsageError(f"is = {words!r} is no date; write 2025-03-02, 2025-03 or 2025")
        return _day(words, "is").isoformat() if len(words) == 10 else words
    if not words:
        raise UsageError(f'{kind.replace("_", "-")!r} needs a value, as in is = "…"')
    if kind == "part_of" or words == NOBODY:
        return words
    names = [name.strip() for name in words.split("|")]
    return "|".join(sorted(canonical(name) or name for name in names if name))


def _amount(value: Any) -> tuple[Decimal, str | None]:
    """An amount as TOML numbers or as people type it: 12000000, "12 million", "12m EUR"."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise UsageError(f'{value!r} is no amount; write 12000000 or "12 million"')
    code = None
    if isinstance(value, str):
        typed = parse_amount(value)
        amount, code = typed.amount, typed.currency
    else:
        try:
            amount = Decimal(str(value))
        except InvalidOperation as error:  # pragma: no cover
            raise UsageError(f"{value!r} is no amount") from error
    if not amount.is_finite() or amount <= 0:
        raise UsageError(f"{value!r} is no amount above zero")
    return amount, code


def _day(value: Any, key: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(f"{key} = {value!r} is no day; write it as 2025-03-02") from error
