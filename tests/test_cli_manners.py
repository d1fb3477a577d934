"""The manners of the command line: what help costs and says, where words of closed lists stand."""

from calc import schema
from calc.decisions import blocks
from calc.tables import numbers
from calc.verbs import arguments


def test_the_choices_of_options_are_the_closed_lists() -> None:
    assert arguments.SEVERITIES == schema.SEVERITIES
    assert tuple(numbers.MARKS) == arguments.MARKS
    assert tuple(kind.replace("_", "-") for kind in blocks.KINDS) == arguments.KINDS
