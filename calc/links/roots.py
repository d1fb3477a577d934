"""Names joined to sets: which of them belong together, whatever the order of joining."""

from __future__ import annotations


class Roots:
    """Names joined to sets, each named by its first.

    >>> roots = Roots()
    >>> roots.join("b", "a")
    >>> roots.join("c", "b")
    >>> roots.root("c")
    'a'
    """

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        """The first name of the set, as far as it is known."""
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, a: str, b: str) -> None:
        """Make one set of two."""
        first, second = sorted((self.root(a), self.root(b)))
        self.parent[second] = first

    def found(self) -> dict[str, str]:
        """The root of every name."""
        return {name: self.root(name) for name in self.parent}
