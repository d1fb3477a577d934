"""Lines of text with the places of their amounts: sentences, list lines, rows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from random import Random

from .history import Fact, Habits, Telling
from .money import Outlet, convert, cut, digits_of, write
from .parties import ADJECTIVES, GENERIC, Receiver, the
from .slots import NOTHING, SILENT, About, Line, Scene, Slot, Spoken, spoken
from .totals import Point
from .words import ORDINALS, Voice, dated, joined

_SENTENCES = (
    "{s} {v} {a} {to} {for} {under} {when}.", "{s} {v} {a} {to} {for} {under} {when}.",
    "{s} {v} {a} {for} {to} {when} {under}.", "{When}, {s} {v} {a} {to} {for} {under}.",
    "{To}, {s} {v} {a} {for} {under} {when}.", "{s}: {a} {to} {for} {when}.",
    "{a} from {s} {to} {was} {when} {under}.", "{r}: {s} {v} {a} {for} {when}.",
    "{s} {v} {a} {to} {for} {when}, {office} {said}.",
    "{adj} money {to}: {a} {was} {when} {for} {under}.",
)  # fmt: skip
_WE = (
    "{we} {a} {to} {for} {under} {when}.", "{When}, {we} {a} {to} {for} {under}.",
    "“{we} {a} {to} {for} {under}”, {office} {said} {when}.",
    "{we} {a} {for} {to} {when}.",
)  # fmt: skip
# Pieces of a list line; a piece without content is left out.
SHAPES = (
    ("{d}: ", "{r}, ", "{m}", ", {p}", " ({s})", ", {when}", " [{note}]"),
    ("{when} – ", "{d} – ", "{r} – ", "{m}", " – {p}", " – {s}", " – {note}"),
    ("{d} ", "→ {r} ", "({m}", "; {p}", "; {s}", "; {note}", "; {when})"),
    ("{m}", " – {d}", ", {r}", " ({p})", ", {note}", ", {s}", " {when}"),
    ("{r}: ", "{m}", " from {d}", " for {p}", ", {note}", ", {when}", ", {s}"),
    ("{d}, ", "{when}: ", "{m}", " to {r}", " for {p}", " / {s}", " / {note}"),
    ("{d} ", "{m}", " {r}", " {p}", " {s}", " {note}", " {when}"),
    ("{when}: ", "{r} / ", "{d} / ", "{m}", " / {note}", " / {p}", " / {s}"),
    ("{s}: ", "{d} with ", "{m}", " for {r}", ", {p}", ", {note}", ", {when}"),
)


@dataclass
class Writer:
    """Writes the lines of one article of one outlet."""

    rng: Random
    habits: Habits
    voice: Voice
    by: Outlet
    day: int

    def has(self, habit: str, times: float = 1.0) -> bool:
        """Whether a habit shows this time."""
        return self.rng.random() < self.habits[habit] * times

    def say(self, family: str) -> str:
        """One phrase of a family."""
        return self.voice.say(self.rng, family)

    def put(
        self, slots: list[Slot], truth: Fact | Point | str, amount: float, home: str,
        about: About, dollars: bool = False, brief: bool = False, bare: bool = False,
    ) -> str:  # fmt: skip
        """Give an amount a slot, or two with its equivalent, and return the words for it.

        Where it is ``bare`` no word such as "over" fits before it.
        """
        day = self._rated(about)
        foreign = self.by.currency != home
        own = Slot(NOTHING, truth, amount, **vars(about))
        if foreign and (dollars or self.has("only_converted")):
            own.printed = convert(
                self.rng, self.habits, self.by, amount, (home, self.by.currency), day
            )
            slots.append(own)
            return _mark(slots)
        shown = amount
        if digits_of(amount) > 1 and self.has("rounds"):
            shown = cut(amount, digits_of(amount) - 1)
        own.printed = write(self.rng, self.habits, self.by, shown, home, second=bare)
        if shown != amount:
            causes = (*own.printed.causes, "rounding")
            own.printed = own.printed._replace(causes=causes)
        slots.append(own)
        words = own.printed.before + _mark(slots)
        if (
            foreign
            and not dollars
            and self.rng.random() < self.by.converts * (0.4 if brief else 1.0)
        ):
            words += self._equivalent(slots, own, shown, home, day, brief)
        return words

    def _equivalent(
        self, slots: list[Slot], own: Slot, shown: float, home: str, day: int, brief: bool
    ) -> str:
        """The amount in the outlet's money, made from the right one where a scale slipped."""
        other = convert(self.rng, self.habits, self.by, shown, (home, self.by.currency), day)
        if "scale" in own.printed.causes:
            fair = other.fair * own.printed.amount / shown
            other = other._replace(fair=fair, causes=(*other.causes, "scale"))
        if own.printed.basis == "ambiguous" and home != "USD":
            # A sign read at its face value is of another dollar: to say so is right.
            other = other._replace(causes=(*other.causes, "other-dollar"))
        slots.append(replace(own, printed=other, base=len(slots) - 1))
        family = "list conversion" if brief else "conversion"
        return self.say(family).replace("{c}", _mark(slots))

    def _rated(self, about: About) -> int:
        """The day whose rate a careful writer takes: of a month or year its middle."""
        if about.day is None:
            return self.day
        middle = {"month": 14, "year": 182}.get(about.precision or "", 0)
        return min(about.day + middle, self.day)

    # -- what is said beside the amount

    def purpose(self, fact: Fact, brief: bool = False) -> tuple[str, str | None]:
        """The words for what the money is for, and what a table's column has."""
        if not self.has("says_purpose", 0.8 if brief else 1.0):
            return "", None
        words = self.rng.choice(fact.sector.phrases)
        column = fact.sector.label if self.has("sector_column") else words
        if self.has("broad_purpose"):
            words = column = self.rng.choice((fact.sector.broad, self.rng.choice(GENERIC)))
        return words, column

    def face(self, fact: Fact) -> tuple[str, str, str]:
        """Who receives as the words have it, what a table's column has, and by way of whom."""
        name = self.rng.choice(fact.receiver.names or (fact.receiver.name,))
        if not fact.through or self.rng.random() < 0.3:
            return the(name), fact.receiver.name, ""
        if self.rng.random() < 0.4:
            return f"{the(fact.through)} in {the(name)}", fact.through, ""
        way = self.say("through").replace("{a}", the(fact.through))
        return the(name), fact.receiver.name, way

    def when(self, since: int, brief: bool = False) -> Spoken:
        """How the day of an act is said, if at all."""
        if not self.has("says_date"):
            return SILENT
        age = self.day - since
        if self.has("vague_date"):
            phrase = self.say("vague day")
            if phrase == "this week" and age > 6:
                phrase = "recently"
            if (age > 300 and "{y}" not in phrase) or (phrase.startswith("last") and age < 31):
                phrase = "in {month} {y}"
        elif not brief and age < 6 and self.rng.random() < 0.4:
            phrase = self.say("near day")
            if phrase == "today" and age:
                phrase = "on {weekday}"
        else:
            phrase = self.say("list day" if brief else "day")
            if age > 300 and "{y}" not in phrase and "{iso}" not in phrase:
                phrase = "{day} {mon} {y}" if brief else "on {day} {month} {y}"
        found = spoken(phrase, since)
        short = found.words.removeprefix("in ").removeprefix("on ")
        return found._replace(words=short) if brief else found

    def again(self, tell: Telling, said: Spoken, sentence: bool = False) -> tuple[str, Spoken]:
        """How a retelling says that it is one, and the day that a reader has from it all."""
        if tell.how not in ("recap", "year") or not self.has("recap_says_so"):
            return "", said
        found = spoken(self.say("again sentence" if sentence else "again"), tell.since)
        return found.words, said if said.words else found._replace(words="")

    # -- lines

    def about(self, tell: Telling, said: Spoken, purpose: str | None, recipient: str) -> About:
        """What is said of the main amount of a telling."""
        _words, day, precision, moves = said
        told_as = tell.fact.kind if tell.how in ("first", "package") else tell.how
        return About(
            "pledge", told_as, tell.status, tell.fact.donor, recipient, purpose, day, precision,
            moves=moves,
        )  # fmt: skip

    def amount(self, slots: list[Slot], tell: Telling, about: About) -> str:
        """The noun phrase with the amount: a tranche, a yearly sum, another grant."""
        fact = tell.fact
        family = "plain"
        if fact.kind == "tranche":
            family = "tranche of" if self.has("names_whole") else "tranche"
        elif fact.kind == "yearly" and self.rng.random() < 0.8:
            family = "yearly"
        elif fact.later and tell.how == "first" and self.has("says_more"):
            family = "more"
        phrase = self.say(family)
        if fact.kind == "share" and fact.whole and self.rng.random() < 0.6:
            phrase = f"{{m}} of the {{w}} given to {the(fact.whole.receiver.name)}"
        return self._filled(phrase, slots, tell, about)

    def _filled(self, phrase: str, slots: list[Slot], tell: Telling, about: About) -> str:
        fact, whole = tell.fact, tell.fact.whole
        now = fact.worth(self.day) if tell.how != "raised" else fact.worth(10**7)
        bare = not phrase.startswith(("{m}", "aid", "a grant", "a package"))
        money = self.put(slots, fact, now, fact.home, about, bare=bare)
        phrase = phrase.replace("{m}", money, 1)
        phrase = phrase.replace("{n}", ORDINALS[max(fact.number - 1, 0)])
        phrase = phrase.replace("{k}", str(fact.number)).replace("{of}", str(fact.of))
        phrase = phrase.replace("{y}", str(dt.date.fromordinal(tell.since).year))
        for name, other, amount in (
            ("{w}", whole, whole.amount if whole else 0.0),
            ("{z}", whole, whole.worth(10**7) if whole else 0.0),
            ("{x}", fact, fact.amount),
        ):
            if name in phrase and other is not None:
                beside = replace(about, told_as="whole", day=None, precision=None,
                                 recipient=other.receiver.name, status="pledged")  # fmt: skip
                phrase = phrase.replace(
                    name, self.put(slots, other, amount, fact.home, beside, bare=True), 1
                )
        if "{d}" in phrase:
            phrase = phrase.replace("{d}", dated("{month} {y}", (whole or fact).day))
        return phrase

    def prose(self, tell: Telling, scene: Scene) -> list[Line]:
        """A sentence or two on one pledge."""
        fact, slots = tell.fact, list[Slot]()
        named, recipient, way = self.face(fact)
        if way and self.rng.random() < 0.5:
            named, way = f"{named} {way}", ""
        words, purpose = self.purpose(fact)
        ahead, said = "", self.when(tell.since)
        if tell.how not in ("raised", "topped"):
            ahead, said = self.again(tell, said, sentence=True)
        giver = joined([the(one) for one in fact.donor.split("|")])
        silent = scene.recipient and self.has("omits_recipient")
        if silent:  # the title names only the receiver, not the agency on the way
            recipient = fact.receiver.name
        about = self.about(tell, said, purpose, recipient)
        to = "" if silent else self.say("to").replace("{r}", named)
        if tell.how in ("raised", "topped"):
            phrase = self._filled(self.say(tell.how), slots, tell, about)
            parts = {"s": giver, "to": to}
            return [Line(_fill(phrase, parts), slots).tidy(), *self._what_for(words, purpose)]
        second = bool(words) and self.rng.random() < 0.3
        under = self.say("under") if fact.programme and self.has("says_programme") else ""
        verb = self.say(tell.status)
        if "|" in fact.donor:
            verb = re.sub("^has ", "have ", re.sub("^is ", "are ", verb))
        if scene.we:
            verb = self.say(f"we {tell.status}").replace("{r}", "" if silent else named)
            verb = verb.replace("support with", "support the work with")
            to = "" if named in verb else to
        shape = self.rng.choice(_WE if scene.we else _SENTENCES)
        shape = "{s} {v} {a} {to} {for} {when}." if silent and "{r}" in shape else shape
        shape = "{s}: {a} {to} {for} {under} {when}." if silent and "{To}" in shape else shape
        if ahead or not said.words:
            shape = shape.replace("{When}, ", "")
        parts = {
            "s": giver, "v": verb, "we": verb, "to": to, "To": to[:1].upper() + to[1:], "r": named,
            "for": self.say("for").replace("{p}", words) if words and not second else "",
            "under": f"{under.replace('{g}', fact.programme or '')} {way}",
            "when": said.words, "When": said.words[:1].upper() + said.words[1:],
            "was": self.say(f"was {tell.status}"), "said": self.say("said"),
            "office": self.say("office"), "adj": ADJECTIVES.get(fact.donor, giver + "'s"),
            "a": self.amount(slots, tell, about),
        }  # fmt: skip
        lines = [Line(ahead + _fill(shape, parts), slots).tidy()]
        lines += self._what_for(words, purpose) if second else []
        return lines + self._each(tell, about) + self._twin(tell, about)

    def _what_for(self, words: str, purpose: str | None) -> list[Line]:
        return [Line(self.say("what for").replace("{p}", words)).tidy()] if purpose else []

    def _each(self, tell: Telling, about: About) -> list[Line]:
        """Equal instalments that the first news tells of; they are the first of them."""
        tranches = [one for one in tell.fact.siblings if one.kind == "tranche"]
        equal = len({one.amount for one in tranches}) == 1 and tell.how == "first"
        if not equal or self.rng.random() < 0.4:
            return []
        slots = list[Slot]()
        about = replace(about, told_as="each", status="pledged", day=None, precision=None)
        phrase = self.say("each").replace("{of}", str(len(tranches)))
        first = tranches[0]
        return [Line(phrase.replace("{m}", self.put(slots, first, first.amount, first.home, about)),
                     slots).tidy()]  # fmt: skip

    def _twin(self, tell: Telling, about: About) -> list[Line]:
        """The same amount once more, for another purpose."""
        twins = [one for one in tell.fact.siblings if one.kind == "twin"]
        if not twins or tell.how != "first" or self.rng.random() < 0.5:
            return []
        slots, other = list[Slot](), twins[0]
        words = self.rng.choice(other.sector.phrases)
        about = replace(about, purpose=words, day=None, precision=None)
        money = self.put(slots, other, other.amount, other.home, about, bare=True)
        phrase = self.say("twin").replace("{p}", words)
        return [Line(phrase.replace("{m}", money), slots).tidy()]

    def package(self, tell: Telling, scene: Scene) -> list[Line]:
        """A whole and its parts, a line each."""
        fact, slots = tell.fact, list[Slot]()
        named, recipient, _way = self.face(fact)
        said = self.when(tell.since)
        about = replace(self.about(tell, said, None, recipient), told_as="whole")
        ahead = f"{said.words}: " if said.words else ""
        giver = "We" if scene.we else the(fact.donor)
        phrase = _fill(self.say("whole"), {"s": giver, "v": self.say(tell.status),
                                           "to": self.say("to").replace("{r}", named)})  # fmt: skip
        whole = self.put(slots, fact, fact.worth(self.day), fact.home, about)
        lines = [Line(f"{ahead}{phrase.replace('{w}', whole)}", slots).tidy()]
        for one in fact.siblings:
            slots = list[Slot]()
            words = self.rng.choice(one.sector.phrases)
            column = one.sector.label if self.has("sector_column") else words
            beside = replace(about, told_as="part", purpose=column)
            money = self.put(slots, one, one.amount, one.home, beside, brief=True)
            shape = self.rng.choice(("{m} for {p}", "{p}: {m}", "{m}, {p}", "{p} ({m})"))
            lines.append(Line(self.by.mark + _fill(shape, {"m": money, "p": words}), slots))
        return lines

    def cells(self, tell: Telling, scene: Scene, slots: list[Slot]) -> dict[str, str]:
        """The contents of a list line or row by their letter."""
        fact = tell.fact
        named, recipient, way = self.face(fact)
        words, purpose = self.purpose(fact, brief=True)
        again, said = self.again(tell, self.when(tell.since, brief=True))
        about = self.about(tell, said, purpose, recipient)
        status = ""
        if self.has("says_status"):
            status = self.say(f"stage {tell.status}")
        elif tell.status in ("pledged", "committed") and self.rng.random() < 0.5:
            about = replace(about, status="unknown")
        now = fact.worth(self.day)
        money = self.put(slots, fact, now, fact.home, about, scene.dollars, brief=True)
        notes = [self._note(tell, slots, about, scene.dollars), again.strip("()")]
        if fact.programme and self.has("says_programme"):
            notes.append(fact.programme)
        donor = joined(fact.donor.split("|"))
        named = named.removeprefix("the ")
        silent = scene.recipient and recipient == fact.receiver.name
        return {
            "when": said.words, "d": "" if scene.donor else donor, "r": "" if silent else named,
            "m": money, "p": words, "s": status,
            "note": ", ".join(note for note in (*notes, way) if note),
        }  # fmt: skip

    def _note(self, tell: Telling, slots: list[Slot], about: About, dollars: bool) -> str:
        fact = tell.fact
        if fact.kind == "tranche":
            of = " of" if self.has("names_whole", 0.7) else ""
            phrase = self.say(f"note tranche{of}")
        elif fact.kind in ("yearly", "topup") and self.rng.random() < 0.7:
            phrase = self.say(f"note {fact.kind}")
        elif fact.kind in ("part", "share") and self.rng.random() < 0.5:
            phrase = self.say("note part")
        elif fact.later and tell.how == "first" and self.has("says_more"):
            phrase = self.say("note more")
        else:
            return ""
        phrase = phrase.replace("{n}", ORDINALS[max(fact.number - 1, 0)]).replace(
            "{k}", str(fact.number)
        )
        year = str(dt.date.fromordinal(tell.since).year)
        phrase = phrase.replace("{of}", str(fact.of)).replace("{y}", year)
        if "{w}" in phrase and fact.whole:
            beside = replace(about, told_as="whole", day=None, precision=None)
            beside = replace(beside, recipient=fact.whole.receiver.name, status="unknown")
            amount = fact.whole.amount
            money = self.put(
                slots, fact.whole, amount, fact.home, beside, dollars, brief=True, bare=True
            )
            phrase = phrase.replace("{w}", money)
        return phrase

    def item(self, tell: Telling, scene: Scene) -> Line:
        """A list line."""
        slots = list[Slot]()
        cells = self.cells(tell, scene, slots)
        pieces = [piece for piece in SHAPES[self.by.row] if cells[_LETTER.findall(piece)[0]]]
        words = _fill("".join(pieces), cells)
        words += ")" * (words.count("(") - words.count(")"))
        return Line(words.strip(" –/,;:→"), slots)

    def total(self, point: Point, receiver: Receiver | None) -> Line:
        """A running total up to a day, in one of many wordings."""
        slots = list[Slot]()
        phrase = self.say("total")
        dates = ("{day} {month} {y}", "end-{month} {y}", "{mon} {y}", "{day} {mon} {y}")
        said = dated(self.rng.choice(dates), point.day)
        about = About(
            "total", "total", "disbursed" if _GIVEN.search(phrase) else "unknown", point.donor,
            receiver.name if receiver else None, None,
            as_of=point.day if "{d}" in phrase else self.day,
        )  # fmt: skip
        parts = {
            "s": the(point.donor) if point.donor else "the donors",
            "r": the(receiver.name) if receiver else "", "scope": self.rng.choice(point.words),
            "d": said, "b": dated(self.rng.choice(("{month} {y}", "{y}")), point.begins),
            "m": self.put(slots, point, point.amount, point.home, about),
        }  # fmt: skip
        return Line(_fill(phrase, parts), slots).tidy()


_GIVEN = re.compile(r"has (?:given|provided|received|gone)| got ")
_LETTER = re.compile(r"\{(\w+)\}")


def _mark(slots: list[Slot]) -> str:
    return f"\x00{len(slots) - 1}\x00"


def _fill(phrase: str, parts: dict[str, str]) -> str:
    """A phrase with its letters filled in once, never what was filled in."""
    return _LETTER.sub(lambda found: parts.get(found[1], found[0]), phrase)
