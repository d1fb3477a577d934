"""Where the time of reading goes: milliseconds per article by stage, each stage by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import chain

from calc.claims.acts import acts, giving_nouns
from calc.claims.context import Context
from calc.claims.dates import date_expressions, period_of
from calc.claims.reading import claims_of
from calc.claims.relative import relative_amounts
from calc.claims.standings import standings
from calc.documents import document_from_text
from calc.documents.forms import form_of
from calc.documents.languages import language_of
from calc.documents.paragraphs import paragraphs
from calc.documents.titles import find_title
from calc.documents.zones import lay_out
from calc.figures import figures
from calc.parties import Named
from calc.schema import CLAIMS, frame_of_rows

RUNS = 3


def profile(texts: list[str]) -> str:
    """A table of the stages, in the order in which a document passes them.

    Parts stand below their stage, indented; what they leave of it is bookkeeping and rules.
    """
    documents = [document_from_text(text) for text in texts]
    items = [paragraphs(text) for text in texts]
    forms = [[form_of(one.text) for one in own] for own in items]
    titles = [find_title(own, form) for own, form in zip(items, forms, strict=True)]
    money = [figures(text) for text in texts]
    shares = [relative_amounts(text) for text in texts]
    asked = list(zip(documents, money, shares, strict=True))
    contexts = [Context(*one) for one in asked]
    told = [sentence for context in contexts for sentence in context.sentences]
    records = [claims_of(document) for document in documents]
    pages = list(zip(texts, items, forms, titles, strict=True))
    stages: list[tuple[str, Callable[[], object]]] = [
        ("document", lambda: [document_from_text(text) for text in texts]),
        ("– paragraphs", lambda: [paragraphs(text) for text in texts]),
        ("– forms of lines", lambda: [form_of(one.text) for own in items for one in own]),
        ("– zones", lambda: [lay_out(*page, 0) for page in pages]),
        ("– language", lambda: [language_of(one.text, one.zones) for one in documents]),
        ("claims", lambda: [claims_of(document) for document in documents]),
        ("– figures", lambda: [figures(text) for text in texts]),
        ("– shares of income", lambda: [relative_amounts(text) for text in texts]),
        ("– sentences with an amount", lambda: [Context(*one) for one in asked]),
        ("– parties in them", lambda: [Named(one.text).between(0, len(one.text)) for one in told]),
        ("– places of parties", lambda: [standings(one.text, one.mentions) for one in told]),
        ("– verbs and nouns", lambda: [(acts(one.text), giving_nouns(one.text)) for one in told]),
        ("– dates and periods", lambda: [_dated(one.text) for one in told]),
        ("– giver and receiver of the whole", lambda: [Context(*one).agents for one in asked]),
        ("table of one document", lambda: [frame_of_rows(one, CLAIMS) for one in records]),
        ("one table of them all", lambda: frame_of_rows(list(chain(*records)), CLAIMS)),
    ]
    lines = ["| stage | ms per article |", "|---|---|"]
    lines += [f"| {name} | {1000 * _best(work) / len(texts):.2f} |" for name, work in stages]
    return "\n".join(lines)


def _dated(sentence: str) -> object:
    return date_expressions(sentence, None), period_of(sentence, None)


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
