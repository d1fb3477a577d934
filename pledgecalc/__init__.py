"""The public names of pledgecalc, for notebooks and scripts: ``import pledgecalc as pc``.

>>> import pledgecalc as pc
>>> print(pc.convert("683m", "EUR", "USD", on="2024-11-04"))
683,000,000 EUR = 744,743,200 USD (ECB 2024-11-04, spot, 1.0904)
"""

from importlib.util import find_spec as _find_spec
from pathlib import Path as _Path

_HERE = _Path(__file__).resolve().parents[1]
for _name in ("calc", "rates"):
    # A calc.py or rates.py beside a notebook, or another distribution of that name, would be
    # imported instead of ours and fail later with an unrelated message.
    _spec = _find_spec(_name)
    _origin = _spec.origin if _spec else None
    if _origin is None or _Path(_origin).resolve().parent != _HERE / _name:
        raise ImportError(
            f"pledgecalc needs its own package '{_name}' from {_HERE}, but Python finds "
            f"{_origin or 'none'}; rename that file, or start Python in another folder or a "
            "fresh virtual environment"
        )

from calc.audit import Audit, audit  # noqa: E402  (after the guard, here and below)
from calc.checks import check  # noqa: E402
from calc.claims import read, read_text  # noqa: E402
from calc.converting import convert_table  # noqa: E402
from calc.decisions import Decisions, read_decisions  # noqa: E402
from calc.figures.figure import Figure, Figures  # noqa: E402
from calc.figures.shown import figures  # noqa: E402
from calc.questions import (  # noqa: E402
    GDP,
    Effects,
    SamePledge,
    ShareOfGDP,
    cite,
    effects,
    headlines,
    parts,
    per_year,
    plausible,
    read_gdp,
    same_pledge,
    share_of_gdp,
    shares_of_gdp,
    stages,
    timeline,
    to_pydeflate,
)
from calc.reconcile import Reconciliation, reconcile  # noqa: E402
from calc.report.claim_review import ClaimReview, claim_review  # noqa: E402
from calc.report.iati import to_iati  # noqa: E402
from calc.report.quoting import quote  # noqa: E402
from calc.report.text_links import text_link  # noqa: E402
from calc.report.view import ShortTable, view  # noqa: E402
from calc.values.windows import Window, Windows, when  # noqa: E402
from rates.conversion import Conversion, rate  # noqa: E402
from rates.errors import (  # noqa: E402
    NoRateError,
    PledgecalcError,
    SourceUnavailableError,
    UnknownCurrencyError,
    UnreadableInputError,
    UsageError,
)
from rates.frames import convert, convert_frame  # noqa: E402

__version__ = "0.1.0"
__all__ = [
    "GDP",
    "Audit",
    "ClaimReview",
    "Conversion",
    "Decisions",
    "Effects",
    "Figure",
    "Figures",
    "NoRateError",
    "PledgecalcError",
    "Reconciliation",
    "SamePledge",
    "ShareOfGDP",
    "ShortTable",
    "SourceUnavailableError",
    "UnknownCurrencyError",
    "UnreadableInputError",
    "UsageError",
    "Window",
    "Windows",
    "__version__",
    "audit",
    "check",
    "cite",
    "claim_review",
    "convert",
    "convert_frame",
    "convert_table",
    "effects",
    "figures",
    "headlines",
    "parts",
    "per_year",
    "plausible",
    "quote",
    "rate",
    "read",
    "read_decisions",
    "read_gdp",
    "read_text",
    "reconcile",
    "same_pledge",
    "share_of_gdp",
    "shares_of_gdp",
    "stages",
    "text_link",
    "timeline",
    "to_iati",
    "to_pydeflate",
    "view",
    "when",
]


def __dir__() -> list[str]:
    return __all__
