"""The ways in that are fuzzed: how an input is made, what is tried with it, its share of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import commands, known, made, tried, typed
from .mutations import Make, changed, encoded, mostly, nearly, texts, written


class Target(NamedTuple):
    """One way in: how an input is made, what is done with it, and a share of all inputs."""

    make: Make
    run: Callable[[bytes], None]
    share: float
    ending: str = "txt"


def _files(files: Callable[[], tuple[str, ...]], most: int = 4000) -> Make:
    return lambda chance: encoded(changed(chance.choice(files()), files(), chance, most), chance)


def _text(most: int) -> Make:
    return written(lambda chance: texts(known.texts(), most)(chance))


# Shares in thousandths of a run, so that of a million inputs each document is tried a thousand
# times or more; the cheapest are tried most.
TARGETS: dict[str, Target] = {
    "amounts": Target(nearly(typed.amount, typed.AMOUNTS, 0.5), tried.try_amount, 270),
    "dates": Target(nearly(typed.day, typed.DATES, 0.6), tried.try_date, 120),
    "policies": Target(nearly(typed.policy, typed.POLICIES, 0.6), tried.try_policy, 110),
    "conversions": Target(nearly(typed.conversion, typed.ALL, 0.8), tried.try_conversion, 8),
    "when": Target(nearly(typed.pair, typed.ALL, 0.6), tried.try_when, 1.5),
    "figures": Target(_text(400), tried.try_figures, 360),
    "texts": Target(_text(3000), tried.try_text, 3),
    "decisions": Target(
        nearly(typed.decisions, (typed.decisions.__doc__ or "",), 0.75), tried.try_decisions, 30,
        "toml",
    ),
    "rate tables": Target(nearly(typed.rate_table, typed.ALL, 0.7), tried.try_rates, 30, "csv"),
    "histories": Target(made.history, tried.try_history, 30, "zip"),
    "csv": Target(made.tables, tried.file("csv"), 1.1, "csv"),
    "json": Target(made.json_file, tried.file("json"), 1.5, "json"),
    "json lines": Target(made.json_lines, tried.file("jsonl"), 1.2, "jsonl"),
    "xml": Target(
        mostly(made.markup(known.activity_files, 0.3), made.markup(made.feeds, 0.3), 0.8),
        tried.file("xml"), 1.5, "xml",
    ),
    "pages": Target(
        mostly(made.markup(known.pages, 0), _files(known.pages), 0.5), tried.file("html"), 1.1,
        "html",
    ),
    "mails": Target(_files(known.mails), tried.file("eml"), 1.1, "eml"),
    "text files": Target(_files(known.texts), tried.file("txt"), 1.1),
    "workbooks": Target(made.workbook, tried.file("xlsx"), 1.1, "xlsx"),
    "parquet": Target(made.parquet, tried.file("parquet"), 1.5, "parquet"),
    "pdf": Target(made.pdf, tried.file("pdf"), 1.5, "pdf"),
    "docx": Target(made.docx, tried.file("docx"), 1.1, "docx"),
    "zip": Target(made.archive, tried.file("zip"), 1.1, "zip"),
    "commands": Target(commands.command, tried.try_command, 1.1),
    "reconciled": Target(made.table_of_claims, tried.try_reconciled, 1.1, "csv"),
    "reports": Target(made.table_of_claims, tried.try_told, 0.5, "csv"),
}  # fmt: skip
