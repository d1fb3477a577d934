"""Reading figures and claims on one core, beside the peers: speed, growth with size, memory.

Run it with the Python of an environment in which pledgecalc is installed. It makes an environment
of its own for the peers (venv and pip), measures everything in one run, and writes its section of
RESULTS.md between markers; ``--quick`` measures less and leaves the file alone.

The articles are of two kinds, with other digits in each one. Dense ones are made from the texts of
examples/ and the sentences of tests/corpus/: more than two amounts in 1,000 characters, as reports
on aid have. Plain ones have one amount in 1,500 characters, as ordinary news has: paragraphs of
examples/ and of tests/pages/ without an amount, and between them some of the dense ones.
"""

from __future__ import annotations

import json
import math
import os
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from sections import write_section

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from stages import profile  # noqa: E402

from calc.claims import read_text  # noqa: E402
from calc.claims.sources import read_each  # noqa: E402
from calc.documents import source_of  # noqa: E402
from calc.figures import figures  # noqa: E402

MARK = "reading"
RUNS = 3
WANTED = ("quantulum3==0.10.0", "recognizers-text-suite==1.0.2a2", "emoji<2", "price-parser==0.5.1")
# texts without sense that make a careless reader slow, by what they repeat
REPEATED = {
    "digits": "7",
    "`$`": "$",
    "`million `": "million ",
    "brackets": "([{",
    "spaces": " ",
    "`$1, `": "$1, ",
    "`kr 5 `": "kr 5 ",
    "`5 million euros `": "5 million euros ",
}
NOT_FOR_CLAIMS = ("`$1, `", "`kr 5 `", "`5 million euros `")  # a claim for each: a table


def paragraphs() -> tuple[list[str], list[str]]:
    """The paragraphs of the example articles, and sentences with amounts."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((HERE.parent / "examples" / "lithuania").glob("*.txt"))
    ]
    plain = [part.strip() for text in texts for part in re.split(r"\n\s*\n", text) if part.strip()]
    lines = (HERE.parent / "tests" / "corpus" / "claims.jsonl").read_text(encoding="utf-8")
    return plain, [json.loads(line)["text"] for line in lines.splitlines()]


def articles(count: int, seed: int = 7) -> Iterator[str]:
    """``count`` articles of about 3,000 characters, the same ones for the same seed."""
    plain, dense = paragraphs()
    chance = random.Random(seed)
    for _ in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) < 3000:
            parts.append(chance.choice(dense if len(parts) % 16 == 15 else plain))
        text = "\n\n".join(parts)
        yield re.sub(r"\b[1-9](?=\d{0,2}\b)", lambda _: str(chance.randint(1, 9)), text)


@cache
def without_amounts() -> list[str]:
    """Paragraphs of running text that hold no amount."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("examples/lithuania", "tests/pages")
        for path in sorted((HERE.parent / folder).glob("*.txt"))
    ]
    parts = [part.strip() for text in texts for part in re.split(r"\n\s*\n", text)]
    running = [part for part in parts if len(part) > 80 and part[-1] in ".”" and "\n" not in part]
    return [part for part in running if not figures(part)]


def plain_articles(count: int, seed: int = 7) -> Iterator[str]:
    """``count`` articles of about 3,000 characters with about two amounts each, as news has."""
    plain, dense = paragraphs()
    with_amounts = [part for part in (*plain, *dense) if figures(part)]
    chance = random.Random(seed)
    for _ in range(count):
        parts: list[str] = []
        amounts = 0
        while (size := sum(map(len, parts))) < 3000:
            if amounts < size / 1500 - 1:
                parts.append(chance.choice(with_amounts))
                amounts += len(figures(parts[-1]))
            else:
                parts.append(chance.choice(without_amounts()))
        text = "\n\n".join(parts)
        yield re.sub(r"\b[1-9](?=\d{0,2}\b)", lambda _: str(chance.randint(1, 9)), text)


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The least time of one core over ``runs``: a busy machine only ever adds to it."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def measured_peers(sample: list[str]) -> dict[str, dict[str, float]]:
    """What peers.py says of the sample, in an environment with nothing but the peers."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(Path(folder) / "venv", with_pip=True)
        python = str(Path(folder) / "venv" / "bin" / "python")
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, *WANTED], check=True)
        data = Path(folder) / "articles.json"
        data.write_text(json.dumps(sample), encoding="utf-8")
        run = [python, str(HERE / "peers.py"), str(data)]
        out = subprocess.run(run, check=True, capture_output=True, text=True)
    read: dict[str, dict[str, float]] = json.loads(out.stdout)
    return read


def passages() -> list[str]:
    """Every third passage of real pages, where they lie beside the clone."""
    files = sorted((HERE.parent.parent / "shared" / "corpus").glob("real_passages_*.jsonl"))
    lines = [line for path in files for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines][::3]


def steps(texts: list[str]) -> int:
    """The steps that the interpreter takes to read texts that it has read once before."""

    def read() -> None:
        read_each([source_of(f"{at}.txt", text.encode()) for at, text in enumerate(texts)])

    read()
    count = 0

    def traced(frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return traced

    sys.settrace(traced)
    try:
        read()
    finally:
        sys.settrace(None)
    return count


def work() -> str:
    """The table of steps for a byte of text: the same however busy the machine is."""
    lines = ["| texts | kB | million steps | steps for a byte |", "|---|---|---|---|"]
    kinds = {"plain": list(plain_articles(30, 11)), "dense": list(articles(20, 11))}
    for kind, texts in (kinds | {"real passages": passages()}).items():
        if texts:
            size, count = sum(len(text.encode()) for text in texts), steps(texts)
            lines.append(f"| {kind} | {size / 1e3:.0f} | {count / 1e6:.2f} | {count / size:.0f} |")
    return "\n".join(lines)


class Speed(NamedTuple):
    """What one kind of articles took."""

    articles: int
    size: int  # bytes of ``articles`` articles
    figures: int
    figures_seconds: float
    claims_articles: int
    claims_size: int
    one_by_one: float  # seconds for ``claims_articles``, a table for each text
    as_corpus: float  # the same, one table of all


def speed(make: Callable[[int, int], Iterator[str]], count: int) -> Speed:
    """Read ``count`` articles for their figures, and a fifth of that number for their claims."""
    made = list(make(count, 7))
    found = sum(len(figures(text)) for text in made)
    ours = seconds(lambda: [figures(text) for text in made])
    # other articles in each run: lines that a reader has met before cost it less
    some = [list(make(max(10, count // 5), seed)) for seed in range(11, 11 + 2 * RUNS)]
    single, corpora = iter(some[:RUNS]), iter(some[RUNS:])
    one_by_one = seconds(lambda: [read_text(text) for text in next(single)])
    as_corpus = seconds(
        lambda: read_each(
            [source_of(f"{at}.txt", text.encode()) for at, text in enumerate(next(corpora))]
        )
    )
    some_size = sum(len(text.encode()) for texts in some for text in texts) // len(some)
    size = sum(len(text.encode()) for text in made)
    return Speed(count, size, found, ours, len(some[0]), some_size, one_by_one, as_corpus)


def speeds(count: int) -> str:
    """The table of speeds: ours over ``count`` articles of each kind, the peers over a part."""
    sample = list(articles(max(10, count // 60)))
    sample_size = sum(len(text.encode()) for text in sample)
    kinds = {"dense": speed(articles, count), "plain": speed(plain_articles, count)}
    told = "; ".join(
        f"{one.articles:,} {kind} articles, {one.size / 1e6:.1f} MB, {one.figures:,} figures "
        f"({1000 * one.figures / one.size:.1f} in 1,000 bytes)"
        for kind, one in kinds.items()
    )
    lines = [
        f"{told}; claims over {kinds['dense'].claims_articles:,} others of the kind in each run, "
        f"the peers over {len(sample):,} dense ones ({sample_size / 1e3:.0f} kB). Plain articles "
        "have about the amounts that ordinary news has, dense ones those of a report on aid.",
        "",
        "| reader | MB/s | documents/s | figures found in the sample | figures are × faster |",
        "|---|---|---|---|---|",
    ]
    for kind, one in kinds.items():
        in_sample = sum(len(figures(text)) for text in sample) if kind == "dense" else ""
        lines.append(
            f"| pledgecalc, figures, {kind} | {one.size / one.figures_seconds / 1e6:.1f} "
            f"| {one.articles / one.figures_seconds:,.0f} | {in_sample} | |"
        )
        lines += [
            f"| pledgecalc, claims, {kind}, {how} | {one.claims_size / spent / 1e6:.2f} "
            f"| {one.claims_articles / spent:,.0f} | | |"
            for how, spent in (
                ("a corpus in one table", one.as_corpus),
                ("a table for each text", one.one_by_one),
            )
        ]
    size, ours = kinds["dense"].size, kinds["dense"].figures_seconds
    for name, result in measured_peers(sample).items():
        theirs = sample_size / result["seconds"] / 1e6
        note = " (one price in a string)" if name == "price-parser" else ""
        lines.append(
            f"| {name} | {theirs:.3f} | {len(sample) / result['seconds']:,.1f} "
            f"| {result['found']:,}{note} | {size / ours / 1e6 / theirs:,.0f} |"
        )
    return "\n".join(lines)


def growth(sizes: tuple[int, ...], claim_sizes: tuple[int, ...]) -> str:
    """Seconds by size for texts of one thing repeated; the exponent is 1 when time is linear."""
    shown = [f"{size / 1e6:g} MB" for size in sizes]
    claim_shown = [f"claims, {size / 1e6:g} MB" for size in claim_sizes]
    lines = [
        "| text of | " + " | ".join([*shown, "exponent", *claim_shown, "exponent"]) + " |",
        "|---" * (len(sizes) + len(claim_sizes) + 3) + "|",
    ]
    for name, piece in REPEATED.items():
        times = [_once(figures, piece, size) for size in sizes]
        cells = [f"{spent:.2f} s" for spent in times] + [_exponent(sizes, times)]
        if name in NOT_FOR_CLAIMS:
            cells += [""] * (len(claim_sizes) + 1)
        else:
            times = [_once(read_text, piece, size) for size in claim_sizes]
            cells += [f"{spent:.2f} s" for spent in times] + [_exponent(claim_sizes, times)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _once(reader: Callable[[str], object], piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    return seconds(lambda: reader(text), 1)


def _exponent(sizes: tuple[int, ...], times: list[float]) -> str:
    return f"{math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0]):.2f}"


def memory(count: int, reader: Callable[[str], object]) -> tuple[float, float]:
    """The peak of resident memory in MB after a tenth and after all of ``count`` articles."""
    peaks = []
    for at, text in enumerate(articles(count), start=1):
        reader(text)
        if at in (count // 10, count):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return peaks[0], peaks[1]


def machine() -> str:
    """The machine without its name."""
    return (
        f"Python {platform.python_version()}, {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} cores; load when it began: {os.getloadavg()[0]:.1f}. Time is time of "
        f"one core, the least of {RUNS} runs (growth: one run)."
    )


def main() -> None:
    """Measure, print and write."""
    quick = "--quick" in sys.argv[1:]
    about = machine()
    figure_docs, claim_docs = (2000, 200) if quick else (100_000, 5_000)
    # memory first: the texts of the growth test would hide it under their own peak
    light, light_end = memory(figure_docs, figures)
    heavy, heavy_end = memory(claim_docs, read_text)
    parts = [
        f"## Reading\n\nMade by `python benchmarks/reading.py`. {about}",
        "### Speed\n\n" + speeds(300 if quick else 2000),
        "### Where the time goes\n\n"
        "Milliseconds of one article of about 3,000 characters, by the room that spends them; "
        "best of three runs over the same articles, so what a line was is remembered.\n\n"
        "Dense articles:\n\n"
        + profile(list(articles(100 if quick else 400)))
        + "\n\nPlain articles:\n\n"
        + profile(list(plain_articles(100 if quick else 400))),
        "### Work\n\nSteps of the interpreter for the claims of a corpus in one table; "
        "a pattern is one step, whatever it searches.\n\n" + work(),
        "### Growth\n\n"
        + growth((100_000, 1_000_000) if quick else (100_000, 10**6, 10**7), (10**5, 10**6)),
        "### Memory\n\nPeak of resident memory after a tenth and after all documents, read one "
        "after another:\n\n| reader | documents | after a tenth | after all |\n|---|---|---|---|\n"
        f"| figures | {figure_docs:,} | {light:.0f} MB | {light_end:.0f} MB |\n"
        f"| claims | {claim_docs:,} | {heavy:.0f} MB | {heavy_end:.0f} MB |",
    ]
    report = "\n\n".join(parts) + "\n"
    print(report, end="")
    if not quick:
        write_section(MARK, report)


if __name__ == "__main__":
    main()
