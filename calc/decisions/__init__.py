"""What a person decided about claims: read, checked for contradictions, applied, written."""

from .blocks import Decision
from .decided import Decisions, read_decisions
from .ruling import Ruling

__all__ = ["Decision", "Decisions", "Ruling", "read_decisions"]
