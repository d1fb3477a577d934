"""Reading figures and claims on one core, beside the peers: speed, growth with size, memory.

Run it with the Python of an environment in which pledgecalc is installed. It makes an environment
of its own for the peers (venv and pip), measures everything in one run, and writes its section of
RESULTS.md between markers; ``--quick`` measures less and leaves the file alone.

The articles are made from the texts of examples/ and the sentences of tests/corpus/, with other
digits in each one; more amounts in 1,000 characters than news has.
"""

from __future__ import annotations

import json
import math
import os
import platform
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

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


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of one core over ``runs``."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


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


def speeds(count: int) -> str:
    """The table of speeds: ours over ``count`` articles, the peers over a part of them."""
    made = list(articles(count))
    size = sum(len(text.encode()) for text in made)
    sample = made[: max(10, count // 60)]
    sample_size = sum(len(text.encode()) for text in sample)
    found = sum(len(figures(text)) for text in made)
    ours = seconds(lambda: [figures(text) for text in made])
    # other articles in each run: lines that a reader has met before cost it less
    some = [list(articles(max(10, count // 5), seed)) for seed in range(11, 11 + 2 * RUNS)]
    some_size = sum(len(text.encode()) for text in some[0])
    single, corpora = iter(some[:RUNS]), iter(some[RUNS:])
    one_by_one = seconds(lambda: [read_text(text) for text in next(single)])
    as_corpus = seconds(
        lambda: read_each(
            [source_of(f"{at}.txt", text.encode()) for at, text in enumerate(next(corpora))]
        )
    )
    lines = [
        f"{len(made):,} articles, {size / 1e6:.1f} MB, {found:,} figures "
        f"({1000 * found / size:.1f} in 1,000 bytes); claims over {len(some[0]):,} others in "
        "each run, "
        f"the peers over {len(sample):,} ({sample_size / 1e3:.0f} kB).",
        "",
        "| reader | MB/s | documents/s | figures found in the sample | figures are × faster |",
        "|---|---|---|---|---|",
        f"| pledgecalc, figures | {size / ours / 1e6:.1f} | {len(made) / ours:,.0f} "
        f"| {sum(len(figures(text)) for text in sample):,} | |",
        *(
            f"| pledgecalc, claims, {how} | {some_size / spent / 1e6:.2f} "
            f"| {len(some[0]) / spent:,.0f} | | |"
            for how, spent in (
                ("a corpus in one table", as_corpus),
                ("a table for each text", one_by_one),
            )
        ),
    ]
    for name, result in measured_peers(sample).items():
        speed = sample_size / result["seconds"] / 1e6
        note = " (one price in a string)" if name == "price-parser" else ""
        lines.append(
            f"| {name} | {speed:.3f} | {len(sample) / result['seconds']:,.1f} "
            f"| {result['found']:,}{note} | {size / ours / 1e6 / speed:,.0f} |"
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
        f"one core, median of {RUNS} (growth: one run)."
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
        + profile(list(articles(100 if quick else 400))),
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
