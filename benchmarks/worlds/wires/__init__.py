"""Made worlds of the wires: agencies and national papers of several capitals on aid pledges."""

from .habits import WIRES, Wires, habits_of
from .made import Article, Made, articles, make, make_world, true_sums

__all__ = [
    "WIRES", "Article", "Made", "Wires", "articles", "habits_of", "make", "make_world", "true_sums",
]  # fmt: skip
