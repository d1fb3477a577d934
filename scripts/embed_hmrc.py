"""Embed the exchange rates of HM Revenue & Customs: one small file, out of the package hmrc-rates.

    pip install hmrc-rates; python scripts/embed_hmrc.py

Writes ``rates/data/hmrc.bin`` (``rates.hmrc`` has the layout) and its entry in ``SOURCE.toml``.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from hmrc_rates import NotInPeriodError, Rates, RateType, UnknownCurrencyError

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the script runs from a clone, installed or not
sys.path.insert(0, str(ROOT / "scripts"))

from embed_nbp import rewritten  # noqa: E402

from rates.currencies import currency, known  # noqa: E402

DATA = ROOT / "rates" / "data"
TERMS = (
    "Contains public sector information licensed under the Open Government Licence v3.0 (HM "
    "Revenue & Customs, exchange rates for customs and VAT); the package hmrc-rates is MIT; layout "
    "changed, no value changed"
)


def named(code: str, day: str) -> str | None:
    """The ISO 4217 code of HMRC's own, None where the money of that day was another."""
    code = {"ZIG": "ZWG"}.get(code, code)
    if not known(code):
        return None
    one = currency(code)
    return code if one.last is None or day <= one.last.isoformat() else None


def series(rates: Rates, kind: RateType, periods: list[tuple[str, object]]) -> str:
    """A header of days, then a line per currency with its units per 1 GBP."""
    table = {"monthly": rates.monthly, "spot": rates.spot, "average": rates.average}
    ask = table[{RateType.MONTHLY: "monthly", RateType.SPOT: "spot"}.get(kind, "average")]
    columns: dict[str, dict[str, str]] = {}
    for day, period in periods:
        one = ask(period)
        for code in rates.currencies(kind):
            try:
                rate = one.rate(code.code)
            except (NotInPeriodError, UnknownCurrencyError):
                continue
            if own := named(code.code, day):
                columns.setdefault(own, {})[day] = format(rate.units_per_gbp, "f")
    days = [day for day, _ in periods]
    lines = [",".join(days)]
    for code, column in sorted(columns.items()):
        lines.append(",".join([code, *(column.get(day, "") for day in days)]))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the files."""
    rates = Rates()

    def ended(period: object) -> str:
        return f"{period.year}-03-31" if period.is_march else f"{period.year}-12-31"  # type: ignore[attr-defined]

    texts = {
        "month": series(
            rates,
            RateType.MONTHLY,
            [(f"{one.year}-{one.month:02}-01", one) for one in rates.months()],
        ),
        "spot": series(rates, RateType.SPOT, [(ended(one), one) for one in rates.spot_periods()]),
        "year": series(
            rates, RateType.AVERAGE, [(ended(one), one) for one in rates.average_periods()]
        ),
    }
    last = texts["month"].partition("\n")[0][-10:]
    digest = hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:12]
    blocks = {name: zlib.compress(text.encode(), 9) for name, text in texts.items()}
    index, place = [], 0
    for name, block in blocks.items():
        index.append(f"{name} {place} {len(block)} {zlib.crc32(block):08x}")
        place += len(block)
    head = f"# HMRC exchange rates, {last} sha256:{digest}\n{','.join(index)}\n".encode()
    content = head + b"".join(blocks.values())
    entry = {
        "origin": "https://www.trade-tariff.service.gov.uk/exchange_rates (HM Revenue & Customs)",
        "through": f"the package hmrc-rates {version('hmrc-rates')}",
        "as_of": last,
        "retrieved": datetime.now(UTC).date().isoformat(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "terms": TERMS,
    }
    listing = DATA / "SOURCE.toml"
    source = rewritten(listing.read_text(encoding="utf-8"), {"hmrc.bin": entry})
    (DATA / "hmrc.bin").write_bytes(content)
    listing.write_text(source, encoding="utf-8")
    print(f"HMRC rates to {last}: {len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
