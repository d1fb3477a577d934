"""Decisions through the command line: made, followed, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from decided import EVERY_KIND, world

import cli
from calc.decisions import Decision, read_decisions
from calc.decisions.writing import append

Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: str | Path) -> tuple[int, str, str]:
    code = cli.main([str(one) for one in arguments])
    captured = capsys.readouterr()
    assert "a bug in pledgecalc" not in captured.err
    return code, captured.out, captured.err


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims.csv"
    world().to_csv(path, index=False)
    return path


def test_decide_appends_and_reconcile_follows(capsys: Output, claims: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.toml"
    words = ("--file", file, "--why", "one package", "--who", "Ada", "--when", "2025-03-02")
    code, out, err = run(capsys, "decide", "same", "a1", "a4", claims, *words)
    assert (code, out) == (0, file.read_text(encoding="utf-8"))
    assert f"--decisions {file}" in err
    _, out, _ = run(capsys, "reconcile", claims, "--decisions", file, "--json")
    assert "by decision of 2025-03-02 by Ada: one package" in out
    _, out, _ = run(capsys, "explain", "a4", claims, "--decisions", file)
    assert "by decision of 2025-03-02 by Ada" in " ".join(out.split())
    code, _, err = run(capsys, "decide", "same", "a1", "a4", claims, *words)
    assert (code, "holds this decision already" in err) == (0, True)


def test_decide_refuses_what_cannot_hold(capsys: Output, claims: Path, tmp_path: Path) -> None:
    words = ("--file", tmp_path / "d.toml", "--why", "so")
    for kind, ids, more, message in (
        ("same", ("a1", "zz"), (), "no claim of these files has the id 'zz'"),
        ("same", ("a1", "t1"), (), "decide the role first"),
        ("reject", ("a",), (), "'a' begins 4 ids"),
        ("currency", ("c1",), ("--is", "CDA"), "did you mean CAD"),
        ("currency", ("c1",), (), "needs a value"),
    ):
        code, out, err = run(capsys, "decide", kind, *ids, claims, *more, *words)
        assert (code, out) == (2, "")
        assert message in err
    assert not (tmp_path / "d.toml").exists()
    assert run(capsys, "decide", "different", "a1", "a2", claims, *words)[0] == 0
    code, _, err = run(capsys, "decide", "same", "a1", "a2", claims, *words)
    assert (code, "contradict each other" in err) == (2, True)
    assert len(read_decisions(tmp_path / "d.toml")) == 1


def test_read_and_total_follow_decisions(capsys: Output, claims: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.toml"
    append(file, EVERY_KIND[2])
    append(file, Decision("reject", ("zz",)))
    _, out, err = run(capsys, "read", claims, "--decisions", file, "--json")
    assert '"currency_basis": "decision"' in out
    assert "no claim here has the id 'zz'" in err
    before = run(capsys, "total", claims, "--donor", "Canada", "--json")[1]
    after = run(capsys, "total", claims, "--donor", "Canada", "--json", "--decisions", file)[1]
    assert before != after
