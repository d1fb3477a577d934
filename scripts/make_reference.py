"""Write ``docs/reference`` from docstrings and from ``--help``; a test says when it is out of date.

Run: ``PYTHONPATH=. python scripts/make_reference.py`` (`make reference`).
"""

from __future__ import annotations

import contextlib
import inspect
import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import cli
import pledgecalc as pc

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
GROUPS = (
    ("Rates", "convert rate when convert_frame convert_table Conversion Windows Window"),
    ("Reading", "read read_text figures Figures Figure view ShortTable"),
    ("Checking", "check claim_review ClaimReview quote text_link audit Audit"),
    ("Reconciling", "reconcile Reconciliation read_decisions Decisions to_iati"),
    ("Questions", "cite same_pledge SamePledge stages timeline parts headlines per_year effects "
                  "Effects share_of_gdp ShareOfGDP shares_of_gdp read_gdp GDP plausible "
                  "to_pydeflate"),
    ("Errors", "PledgecalcError UsageError UnknownCurrencyError NoRateError "
               "SourceUnavailableError UnreadableInputError"),
)  # fmt: skip
_WIDE = 88


def python() -> str:
    """The page about the public names, from their docstrings."""
    parts = [
        "# Python",
        "Everything that `import pledgecalc as pc` offers, from its docstrings; "
        "`scripts/make_reference.py` writes this page. The examples are run as tests where they "
        "stand. [Work in a notebook](../notebook.md) shows them at work.",
    ]
    left = [name for name in pc.__all__ if not name.startswith("__")]
    for title, names in GROUPS:
        parts.append(f"## {title}")
        for name in names.split():
            left.remove(name)
            parts += _entry(name, getattr(pc, name))
    if left:
        parts.append("## More")
        parts += [part for name in left for part in _entry(name, getattr(pc, name))]
    return "\n\n".join(parts) + "\n"


def _entry(name: str, value: Any) -> list[str]:
    head = f"### `{name}`"
    if not callable(value):
        return [head, f"`{value!r}`"]
    told = [head]
    if inspect.isclass(value):
        if not issubclass(value, Exception):
            told.append(_signature(name, value) if _is_made(value) else "")
        told.append(_text(value.__doc__))
        told += [part for part in map(_member, *_members(value)) if part]
    else:
        told += [_signature(name, value), _text(value.__doc__)]
    return [part for part in told if part]


def _is_made(value: type) -> bool:
    """Whether people make it themselves: only then do its arguments matter."""
    return value in (pc.Windows,)


def _members(value: type) -> tuple[list[str], list[Any]]:
    """The public methods and properties that it has of its own."""
    found = {
        name: one
        for name, one in vars(value).items()
        if not name.startswith("_") and isinstance(one, property) | inspect.isfunction(one)
    }
    return list(found), list(found.values())


def _member(name: str, one: Any) -> str:
    doc = _text(one.fget.__doc__ if isinstance(one, property) else one.__doc__)
    if not doc:
        return ""
    shown = name if isinstance(one, property) else f"{name}{_parameters(one)}"
    first, _, rest = doc.partition("\n")
    return f"**`.{shown}`**: {first}" + (f"\n{rest}" if rest else "")


def _parameters(function: Any) -> str:
    """The parameters of a method, without their types."""
    names = []
    for one in inspect.signature(function).parameters.values():
        if one.name != "self":
            default = "" if one.default is one.empty else f"={one.default!r}"
            names.append(f"{one.name}{default}")
    return f"({', '.join(names)})"


def _signature(name: str, value: Any) -> str:
    """The call with its types, a parameter a line where it is long."""
    signature = inspect.signature(value)
    parts: list[str] = []
    for one in signature.parameters.values():
        keywords = one.kind is one.KEYWORD_ONLY
        if keywords and "*" not in parts and not any(part.startswith("*") for part in parts):
            parts.append("*")
        parts.append(_parameter(one))
    back = (
        "" if signature.return_annotation is signature.empty else _type(signature.return_annotation)
    )
    end = f") -> {back}" if back else ")"
    line = f"{name}({', '.join(parts)}{end}"
    if len(line) > _WIDE:
        line = "\n".join([f"{name}(", *(f"    {part}," for part in parts), end])
    return f"```text\n{line}\n```"


def _parameter(one: inspect.Parameter) -> str:
    stars = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
    kind = "" if one.annotation is one.empty else f": {_type(one.annotation)}"
    default = "" if one.default is one.empty else f" = {one.default!r}"
    return f"{stars}{one.name}{kind}{default}"


def _type(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _text(doc: str | None) -> str:
    """A docstring as Markdown: its examples in a fence, its names in single ticks."""
    lines, fenced = [], False
    for line in inspect.cleandoc(doc or "").splitlines():
        if line.startswith(">>>") and not fenced:
            lines.append("```pycon")
            fenced = True
        elif fenced and not line.strip():
            lines.append("```")
            fenced = False
        lines.append(line if fenced else line.replace("``", "`"))
    return "\n".join([*lines, "```"] if fenced else lines)


def commands() -> str:
    """The page about the command line, from its own help."""
    parts = [
        "# Commands",
        "What `pledgecalc --help` and `pledgecalc VERB --help` print; `scripts/make_reference.py` "
        "writes this page. [From question to command](../first-steps.md) shows when to use which.",
        f"```text\n{_help()}\n```",
    ]
    for verb in _verbs():
        parts += [f"## {verb}", f"```text\n{_help(verb)}\n```"]
    return "\n\n".join(parts) + "\n"


def _verbs() -> list[str]:
    return [verb.name for verb in cli.VERBS]


def _help(*verb: str) -> str:
    stream = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    try:
        with contextlib.redirect_stdout(stream), contextlib.suppress(SystemExit):
            cli.main([*verb, "--help"])
    finally:
        os.environ.pop("COLUMNS") if before is None else os.environ.update(COLUMNS=before)
    return re.sub(r"[ \t]+$", "", stream.getvalue(), flags=re.MULTILINE).rstrip()


PAGES = {"python.md": python, "commands.md": commands}


def main() -> int:
    """Write the pages anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
