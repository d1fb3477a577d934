"""Folders with something to read, and every verb that prints or writes something about it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from forked import Commands, Done
from kills import histories

TEXT = "Norway gave Ukraine 5 million euros ($5.45 million) on 4 November 2024.\n"
# Every verb that prints something about a text or a table.
PRINTING = {
    "convert": "convert 5m EUR USD --on 2024-11-04",
    "convert table": "convert aid.csv --to USD",
    "rate": "rate EUR USD --on 2024-11-04",
    "when": "when 683m EUR 763m USD --before 2024-11-04",
    "brief": "brief a.txt",
    "read": "read a.txt",
    "check": "check a.txt",
    "reconcile": "reconcile a.txt",
    "total": "total a.txt",
    "review": "review a.txt",
    "audit": "audit audit.csv --converted amount_usd --to USD",
    "rates info": "rates info",
    "rates list": "rates list",
    "completion": "completion bash",
}
# Every way to write a file.
WRITING = {
    "json": ("read a.txt -q -o out.json", "out.json"),
    "csv": ("read a.txt -q -o out.csv", "out.csv"),
    "page": ("reconcile a.txt -q --fail-on never -o out.html", "out.html"),
    "workbook": ("reconcile a.txt -q --fail-on never -o out.xlsx", "out.xlsx"),
    "table": ("convert aid.csv --to USD -q -o out.csv", "out.csv"),
    "decide": ("decide reject c1 aid.csv --why so --file d.toml -q", "d.toml"),
    "rates update": ("rates update --from new.zip", "data/ecb.txt"),
}


class Place(NamedTuple):
    """A folder with something to read, and files that stand where commands will write."""

    folder: Path
    before: str  # says where updated rates and caches are kept

    def run(self, commands: Commands, line: str, before: str = "", out: str | None = None) -> Done:
        return commands.run(*line.split(), before=self.before + before, folder=self.folder, out=out)


def placed(folder: Path) -> Place:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    rows = "".join(f"c{n},Norway,{n},EUR,2024-11-04\n" for n in range(1, 500))
    head = "claim_id,donor,amount,currency,published\n"
    (folder / "aid.csv").write_text(head + rows, encoding="utf-8")
    rows = "".join(f"{n},EUR,2024-11-04,{n * 1.0904:.2f}\n" for n in range(1000, 1050))
    (folder / "audit.csv").write_text("amount,currency,date,amount_usd\n" + rows, encoding="utf-8")
    (folder / "data").mkdir()
    for name in ("out.json", "out.csv", "out.html", "out.xlsx"):
        (folder / name).write_text("old", encoding="utf-8")
    (folder / "d.toml").write_text("# old\n" * 100, encoding="utf-8")
    (folder / "new.zip").write_bytes(histories()[0])
    kept = {"PLEDGECALC_DATA": f"{folder}/data", "PLEDGECALC_CACHE": f"{folder}/cache"}
    clock = "import rates.update, datetime\nclass Day(datetime.date):\n"
    clock += (
        "    @classmethod\n    def today(cls): return cls(9999, 1, 1)\nrates.update.date = Day\n"
    )
    return Place(folder, f"import os\nos.environ |= {kept}\n{clock}")


def state(folder: Path) -> dict[str, bytes]:
    """What a folder holds but for locks, which have no content."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
