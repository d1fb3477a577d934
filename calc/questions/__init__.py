"""Single questions that people ask of claims, each answered by one call.

Where the data do not say, the answer says ``unknown, because ...``: nothing is filled in.
"""

from .citing import cite
from .constant_prices import to_pydeflate
from .effects import Effects, effects
from .gdp import GDP, ShareOfGDP, read_gdp, share_of_gdp, shares_of_gdp
from .headlines import headlines
from .parts import parts
from .per_year import per_year
from .plausible import plausible
from .sameness import SamePledge, same_pledge
from .stages import stages
from .timelines import timeline

__all__ = [
    "GDP",
    "Effects",
    "SamePledge",
    "ShareOfGDP",
    "cite",
    "effects",
    "headlines",
    "parts",
    "per_year",
    "plausible",
    "read_gdp",
    "same_pledge",
    "share_of_gdp",
    "shares_of_gdp",
    "stages",
    "timeline",
    "to_pydeflate",
]
