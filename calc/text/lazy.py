"""What is found when it is first asked for: ``functools.cached_property`` without its lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Found = TypeVar("Found")


class cached_property(Generic[Found]):  # noqa: N801  (the name that everybody knows)
    """A property that is found once and kept in the object; up to Python 3.11 theirs takes a lock.

    A document asks some thousand of them, and no two threads ever ask one object.

    >>> class Sentence:
    ...     @cached_property
    ...     def words(self) -> list[str]:
    ...         return ["It", "pays"]
    >>> one = Sentence()
    >>> one.words is one.words
    True
    """

    def __init__(self, find: Callable[[Any], Found]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Found: ...
    def __get__(self, instance: object | None, owner: type) -> Self | Found:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._find(instance)
        return found
