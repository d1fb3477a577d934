"""Facts that tell more together: beside the kind of the party, beside what the page says of it.

"Behind *to*" says something else of a rich state than of a poor one. Such a pair is a fact of its
own, "behind-to&poor", with points of its own in ``calc/data/party_points.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from .spots import Fact

# facts that say something else of a giver than of a fund, of a rich state than of a poor one
_BY_KIND = ("able", "not-here", "in-title", "document-donor", "document-recipient", "gives-next")
_MORE_BY_KIND = ("says", "possessive", "behind-to", "behind-for", "behind-from", "behind-in")
_AND_BY_KIND = ("behind-with", "behind-of", "form-adjective", "own-sum-before", "office-not-named")
_AND_MORE_BY_KIND = ("at-its-sum-in-list", "only-able-here", "subject-before", "nobody-else-here")
_WITH_KIND = (*_BY_KIND, *_MORE_BY_KIND, *_AND_BY_KIND, *_AND_MORE_BY_KIND)
# facts of a party that is not named in the sentence, each of which tells more beside another one
_FAR = ("not-here", "nobody-else-here", "own-money", "own-money-EUR", "may-be-own-money")
_OF_PAGE = ("in-title", "document-donor", "document-recipient", "only-giver-named")
_AND_OF_PAGE = ("only-receiver-named", "most-named-giver", "most-named-receiver")
_MORE_OF_PAGE = ("in-lead", "only-giver-of-title", "only-receiver-of-title")
_TOGETHER = frozenset((*_OF_PAGE, *_AND_OF_PAGE, *_MORE_OF_PAGE))


@cache
def _with_kind(kinds: str) -> Mapping[Fact, Fact]:
    """The facts that say something else of each kind of party, as facts of this one."""
    return {fact: f"{fact}&{kinds}" for fact in _WITH_KIND}


def pairs_of(
    found: Sequence[Fact], others: Iterable[Fact], kinds: str, *, here: bool
) -> Iterator[Fact]:
    """The pairs of the facts of a party, which is named ``here`` in the sentence or is not.

    ``others`` are facts of the figure, whoever is asked for; ``kinds`` is what the party is.

    >>> list(pairs_of(["not-here", "in-title"], ["other-giver"], "poor", here=False))
    ['other-giver&not-here', 'not-here&poor', 'in-title&poor', 'not-here&in-title']
    """
    yield from [f"{fact}&{'here' if here else 'not-here'}" for fact in others]
    with_kind = _with_kind(kinds)
    yield from map(with_kind.__getitem__, filter(with_kind.__contains__, found))
    page = [] if here else list(filter(_TOGETHER.__contains__, found))
    if page:
        yield from [f"{far}&{fact}" for far in _FAR if far in found for fact in page]
