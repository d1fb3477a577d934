"""Many claims by blocks: the rows that they have without, for any number of processes."""

from random import Random

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from calc import reconcile as room
from calc.blocks.blockwise import Blockwise
from calc.blocks.phases import with_counts
from calc.blocks.split import blocks_of
from calc.reconcile import Reconciliation, reconcile
from calc.tables.prepared import prepare
from rates.errors import UsageError

TABLES = ("claims", "checks", "pledges", "totals", "findings")
DONORS = {"Norway": "NOK", "Germany": "EUR", "Canada": "CAD", "Sweden|Norway": "SEK"}


def news(seed: int, count: int = 120) -> pd.DataFrame:
    """Claims of a few donors: round amounts told again, conversions, repeats, totals."""
    rng = Random(seed)
    rows: list[dict[str, object]] = []
    for number in range(count):
        donor = rng.choice(list(DONORS))
        recipient = rng.choice(("Ukraine", "Moldova", "Chad"))
        role = "total" if rng.random() < 0.15 else "pledge"
        day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=rng.randrange(300))
        amount = rng.choice((5, 10, 12, 12.5, 40)) * 1e6
        row = {
            "claim_id": f"c{seed}-{number}",
            "source": f"paper{rng.randrange(5)}/{number // 2}",
            "publisher": f"paper{rng.randrange(5)}",
            "published": day,
            "sentence": f"{donor} gives {amount} for {rng.choice(('schools', 'air defence'))}.",
            "text": f"{amount / 1e6:g} million",
            "start": float(number % 2),
            "donor": donor,
            "recipient": recipient,
            "purpose": rng.choice(("air defence", "Northern Light", None)),
            "amount": amount,
            "currency": DONORS[donor],
            "role": role,
            "value_date": day,
        }
        rows.append(row)
        if rng.random() < 0.3:
            name = f"{row['claim_id']}-usd"
            rows.append(
                row
                | {
                    "claim_id": name,
                    "amount": round(amount / 10),
                    "currency": "USD",
                    "conversion_of": row["claim_id"],
                    "start": 50.0,
                }
            )
        if rng.random() < 0.1:
            rows.append(row | {"claim_id": f"{row['claim_id']}-again", "repeats": row["claim_id"]})
    return pd.DataFrame(rows)


@pytest.fixture
def by_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MANY", 10)
    monkeypatch.setattr("calc.blocks.run._BATCH", 40)
    monkeypatch.setattr("calc.blocks.run._TOGETHER", 7)


def whole(claims: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> Reconciliation:
    with monkeypatch.context() as patch:
        patch.setattr(room, "_MANY", 10**9)
        return reconcile(claims)


def assert_same(a: Reconciliation, b: Reconciliation) -> None:
    for name in TABLES:
        assert_frame_equal(getattr(a, name), getattr(b, name))


@pytest.mark.usefixtures("by_blocks")
@pytest.mark.parametrize("seed", range(3))
def test_blocks_give_the_rows_of_one_machine(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = news(seed)
    assert_same(reconcile(claims), whole(claims, monkeypatch))


@pytest.mark.usefixtures("by_blocks")
def test_the_number_of_processes_changes_nothing() -> None:
    claims = news(7)
    assert_same(reconcile(claims, jobs=1), reconcile(claims, jobs=2))


@pytest.mark.usefixtures("by_blocks")
def test_the_order_of_rows_changes_no_pledge() -> None:
    claims = news(8)
    claims.loc[claims.index % 9 == 0, "donor"] = None
    claims.loc[claims.index % 11 == 0, "recipient"] = None
    shuffled = claims.sample(frac=1, random_state=3).reset_index(drop=True)
    for name in TABLES[1:]:
        assert_frame_equal(
            getattr(reconcile(claims), name), getattr(reconcile(shuffled), name), obj=name
        )


@pytest.mark.usefixtures("by_blocks")
def test_explanations_and_sums_come_from_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = news(4)
    blocks, one = reconcile(claims), whole(claims, monkeypatch)
    names = [one.pledges["pledge_id"][3], one.totals["series_id"][0], claims["claim_id"][9]]
    names += one.findings["finding_id"][:3].tolist()
    for name in names:
        assert str(blocks.explain(name)) == str(one.explain(name))
    for donor in ("Norway", "germany", "Nobody at all"):
        assert str(blocks.total(donor=donor)) == str(one.total(donor=donor))
    assert blocks.sentences() == one.sentences()


@pytest.mark.usefixtures("by_blocks")
@pytest.mark.parametrize("seed", range(3))
def test_claims_added_give_the_rows_of_all_at_once_with_the_counts_of_before(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = news(seed)
    ours, more = claims.iloc[:-12], claims.iloc[-12:]
    before = reconcile(ours)
    added = before.with_claims(more)
    assert isinstance(before._grounds, Blockwise)
    counts = before._grounds.counts
    monkeypatch.setattr("calc.blocks.run.together", _given(counts.voices, counts.pledges))
    assert_same(added, reconcile(claims))


def _given(*counts: object) -> object:
    waiting = list(counts)

    def together(parts: object) -> object:
        list(parts)  # type: ignore[call-overload]
        return waiting.pop(0)

    return together


def across(donors: tuple[str, ...] = ("Germany", "Norway", "Canada", "Sweden")) -> pd.DataFrame:
    """What shows only between blocks: a careless outlet, two donors of one sum, a slip of scale."""
    rows: list[dict[str, object]] = []

    def say(name: str, **cells: object) -> None:
        row: dict[str, object] = {"claim_id": name, "source": name, "publisher": f"{name} press"}
        day = pd.Timestamp("2024-11-04")
        rows.append(row | {"recipient": "Chad", "published": day, "currency": "EUR"} | cells)

    for number, donor in enumerate(donors):
        base, name = f"old-{number}", f"old-{number}-usd"
        shared = {"donor": donor, "publisher": "Careless Courier", "source": base}
        say(base, **shared, amount=(683 + number) * 1e6, start=0.0)
        usd = round((683 + number) * 1.1170) * 1e6
        say(name, **shared, amount=usd, currency="USD", conversion_of=base, start=9.0)
    say("own", donor="Germany", amount=31.4e6)
    say("wrong", donor="Norway", amount=31.4e6)
    say("slip", donor="Canada", amount=52.7e6, start=0.0)
    cells = {"source": "slip", "conversion_of": "slip", "start": 9.0}
    say("slip-usd", donor="Canada", amount=57.4e9, currency="USD", **cells)
    say("other", donor="Canada", recipient="Moldova", amount=52.7e6)
    return pd.DataFrame(rows)


@pytest.mark.usefixtures("by_blocks")
def test_what_compares_donors_and_outlets_looks_at_all_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claims = across()
    blocks, one = reconcile(claims), whole(claims, monkeypatch)
    assert_same(blocks, one)
    found = blocks.findings.set_index("cause")["message"]
    assert "donor-misattributed" in found.index
    assert found.loc[["stale-rate"]].str.startswith("Careless Courier").any()
    assert found.loc[["scale-slip"]].str.contains("other has 52,700,000 EUR").all()
    for name in [*blocks.findings["finding_id"], *blocks.pledges["pledge_id"]]:
        assert str(blocks.explain(name)) == str(one.explain(name))


@pytest.mark.usefixtures("by_blocks")
def test_claims_added_renew_what_compares_donors_and_outlets() -> None:
    claims = across()
    later = claims["claim_id"].isin(["wrong", "other", "old-3", "old-3-usd"])
    before = reconcile(pd.concat([claims[~later], news(1)], ignore_index=True))
    added = before.with_claims(claims[later])
    again = reconcile(pd.concat([claims[~later], news(1), claims[later]], ignore_index=True))
    kept = ["donor-misattributed", "scale-slip", "stale-rate"]
    a, b = (one.findings[one.findings["cause"].isin(kept)] for one in (added, again))
    assert_frame_equal(a.reset_index(drop=True), b.reset_index(drop=True))
    assert_frame_equal(added.checks, again.checks)


@pytest.mark.usefixtures("by_blocks")
def test_a_conversion_is_checked_when_its_base_is_added() -> None:
    claims = across()
    later = claims["claim_id"] == "old-1"
    before = reconcile(claims[~later])
    added = before.with_claims(claims[later])
    verdicts = [one.checks.set_index("claim_id")["verdict"]["old-1-usd"] for one in (before, added)]
    assert verdicts == ["untestable", "other-date"]
    again = reconcile(pd.concat([claims[~later], claims[later]], ignore_index=True))
    assert_frame_equal(added.checks, again.checks)


@pytest.mark.usefixtures("by_blocks")
def test_only_the_blocks_that_get_a_claim_are_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = news(5)
    before = reconcile(claims)
    new = news(6, 3).assign(donor="Germany", recipient="Chad", currency="EUR")
    done: list[str] = []

    def noted(prepared: pd.DataFrame, *rest: object) -> object:
        done.extend(prepared["donor"].tolist())
        return with_counts(prepared, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("calc.blocks.phases.with_counts", noted)
    before.with_claims(new)
    assert set(done) == {"Germany"}


@pytest.mark.usefixtures("by_blocks")
def test_no_claim_to_add_changes_nothing() -> None:
    claims = news(5)
    before = reconcile(claims)
    assert_same(before.with_claims(claims.iloc[:0]), before)


def test_few_claims_are_reconciled_anew() -> None:
    claims = news(2)
    before = reconcile(claims.iloc[:100])
    assert_same(before.with_claims(claims.iloc[100:]), reconcile(claims))


def test_one_id_for_two_rows_is_an_error_when_adding() -> None:
    claims = news(2, 10)
    other = claims.iloc[:1].assign(amount=77e6)
    with pytest.raises(UsageError, match="stands on two rows"):
        reconcile(claims).with_claims(other)


def test_joint_donors_and_ties_make_one_block() -> None:
    table = prepare(
        pd.DataFrame(
            {
                "claim_id": ["a", "b", "c", "d", "e"],
                "amount": [1e6] * 5,
                "currency": ["EUR"] * 5,
                "donor": ["Norway", "Norway|Sweden", "Sweden", "Canada", None],
                "recipient": ["Chad", "Chad", "Chad", "Chad", "Chad"],
                "conversion_of": [None, None, None, None, "d"],
            }
        )
    )
    codes = blocks_of(table).tolist()
    assert codes[0] == codes[1] == codes[2]
    assert codes[3] == codes[4] != codes[0]


def test_an_unnamed_donor_is_sought_where_the_amount_is_printed_nearest_in_time() -> None:
    table = prepare(
        pd.DataFrame(
            {
                "claim_id": ["a", "b", "c", "d"],
                "published": ["2024-01-01", "2024-06-01", "2024-06-03", "2024-06-03"],
                "amount": [7e6, 7e6, 7e6, 9e6],
                "currency": ["EUR"] * 4,
                "donor": ["Norway", "Sweden", None, None],
                "recipient": ["Chad"] * 4,
            }
        )
    )
    codes = blocks_of(table).tolist()
    assert codes[2] == codes[1] != codes[0]
    assert codes[3] not in codes[:3]
