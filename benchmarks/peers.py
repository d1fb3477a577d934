"""What the peers read in the articles of a file, and how long one core takes: run by reading.py.

Usage: ``python peers.py articles.json``; prints one JSON object. It imports nothing of pledgecalc,
because it runs in an environment that holds the peers alone.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

RUNS = 3


def quantulum() -> Callable[[str], int]:
    """quantulum3 without its classifier; counted are quantities of a currency."""
    from quantulum3 import parser

    def read(text: str) -> int:
        return sum(one.unit.entity.name == "currency" for one in parser.parse(text))

    return read


def recognizers() -> Callable[[str], int]:
    """The English currency model of Recognizers-Text, made once."""
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    model = NumberWithUnitRecognizer(Culture.English).get_currency_model()

    def read(text: str) -> int:
        return len(model.parse(text))

    return read


def prices() -> Callable[[str], int]:
    """price-parser, which reads one price in a string."""
    from price_parser import Price

    def read(text: str) -> int:
        return Price.fromstring(text).amount is not None

    return read


PEERS = {"quantulum3": quantulum, "Recognizers-Text": recognizers, "price-parser": prices}


def main() -> None:
    """Measure each peer over all articles."""
    warnings.simplefilter("ignore")
    articles = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    results: dict[str, dict[str, Any]] = {}
    for name, make in PEERS.items():
        read = make()
        read(articles[0])  # loads what is loaded late
        times, found = [], 0
        for _ in range(RUNS):
            start = time.process_time()
            found = sum(read(article) for article in articles)
            times.append(time.process_time() - start)
        results[name] = {"seconds": statistics.median(times), "found": found}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
