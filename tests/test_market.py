"""The rates of a pair as a test sees them: floats and decimals of the same days."""

import pytest

from calc.checks.market import market
from rates import sources


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("code", ["TRY", "UAH", "ISK", "BGN", "RON", "USD", "XOF", "ILS", "LTL"])
def test_the_rates_of_a_pair_are_those_of_its_days(code: str, early: bool) -> None:
    for base in ("EUR", "USD"):
        if base == code:
            continue
        seen = market(sources.tables(None), base, code, early)
        exact = [float(value) for value in seen.series.values]
        assert seen.values.tolist() == pytest.approx(exact, rel=1e-12)
        assert len(seen.series.days) == len(exact)
