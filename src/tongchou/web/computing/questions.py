"""What a person asks of a rule, as it stands in the address: periods, base, values for this run, a comparison."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import isfinite

from django.http import QueryDict

from tongchou.kernel.numbers import figure
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.region.model import Region
from tongchou.rules.declaration import Parameter
from tongchou.rules.figures import usual_period
from tongchou.rules.rule import Rule
from tongchou.web import codes

#: Before the name of a parameter in an address: ``set.coverage=0.6``, ``set.rate.C=0.1``.
SET = "set."
#: What a run is compared with when it is not another period.
IN_FORCE = "in-force"
_MOST_TYPED = 60


@dataclass(frozen=True, slots=True)
class Question:
    """One question, hashable. ``typed`` keeps what was written, ``settings`` the numbers it was read as."""

    rule: str
    periods: tuple[str, ...]
    base: str | None
    settings: tuple[tuple[str, float], ...]
    typed: tuple[tuple[str, str], ...]
    against: str
    all_steps: bool
    drawn: str
    problems: tuple[Problem, ...]

    @property
    def period(self) -> str:
        """The last period asked for, on which map and comparison stand."""
        return self.periods[-1] if self.periods else ""

    @property
    def every_period(self) -> tuple[str, ...]:
        """The periods asked for and the one compared with: they stand on one population base."""
        return tuple(sorted({*self.periods, *({self.against} - {"", IN_FORCE})}))

    def address(self, **more: str) -> str:
        """Return the query that asks this again, without what is left as it is; ``more`` adds or (empty) removes."""
        query = QueryDict(mutable=True)
        for period in self.periods:
            query.appendlist("period", period)
        if self.base:
            query["base"] = self.base
        for name, text in self.typed:
            query[f"{SET}{name}"] = text
        held = {"against": self.against, "steps": "all" if self.all_steps else "", "map": self.drawn, **more}
        for name, value in held.items():
            if value:
                query[name] = value
        return query.urlencode(safe=".|")


def question(query: QueryDict, rule: Rule, held: tuple[str, ...], region: Region) -> Question:
    """Read a question; what cannot be read is among its problems, each at its field.

    Without a period the last one held is asked for that is no plan.
    """
    problems: list[Problem] = []
    periods = tuple(dict.fromkeys(p for p in query.getlist("period") if p.strip()))
    unknown = [p for p in periods if p not in held]
    problems += [codes.PERIOD_NOT_HELD.at("period", text=p[:40]) for p in unknown[:3]]
    base = query.get("base", "").strip() or None
    if base is not None and base not in region.bases:
        problems.append(codes.NO_SUCH_CHOICE.at("base", text=base[:40]))
        base = None
    typed: list[tuple[str, str]] = []
    settings: list[tuple[str, float]] = []
    for key in query:
        text = (query.get(key) or "").strip()
        if not key.startswith(SET) or not text:
            continue
        name = key.removeprefix(SET)
        typed.append((name, text[:_MOST_TYPED]))
        unit = rule.units().get(f"${name.partition('.')[0]}")
        if unit is None:
            problems.append(codes.NO_SUCH_CHOICE.at(f"${name}", text=name[:40]))
            continue
        number = read_number(text, unit)
        if number is None:
            problems.append(codes.NOT_A_NUMBER.at(f"${name}", text=text[:40]))
        elif (bounds := _outside(rule, name, number)) is not None:
            problems.append(codes.NOT_IN_RANGE.at(f"${name}", text=text[:40], bounds=bounds))
        else:
            settings.append((name, number))
    against = query.get("against", "").strip()
    if against and against != IN_FORCE and against not in held:
        problems.append(codes.PERIOD_NOT_HELD.at("against", text=against[:40]))
        against = ""
    if against == IN_FORCE and not typed:
        problems.append(codes.NOTHING_CHANGED.at("against"))
    drawn = query.get("map", "")
    return Question(
        rule.id,
        tuple(p for p in held if p in periods) or (() if unknown else usual_period(held, region)),
        base,
        tuple(sorted(settings)),
        tuple(sorted(typed)),
        against,
        query.get("steps") == "all",
        drawn if drawn in rule.declared.columns else "",
        tuple(problems),
    )


def range_of(item: Parameter) -> Text | None:
    """Return what a parameter may be, in words, ``None`` where it may be anything."""
    low, high = item.at_least, item.at_most
    if low is not None and high is not None:
        return Text(f"{figure(low)} 至 {figure(high)}", f"{figure(low)} to {figure(high)}")
    if low is not None:
        return Text(f"不小于 {figure(low)}", f"at least {figure(low)}")
    return None if high is None else Text(f"不大于 {figure(high)}", f"at most {figure(high)}")


def _outside(rule: Rule, name: str, value: float) -> Text | None:
    item = rule.declared.parameters.get(name.partition(".")[0])
    if item is None:
        return None
    low, high = item.at_least, item.at_most
    return range_of(item) if (low is not None and value < low) or (high is not None and value > high) else None


def is_plain(query: QueryDict) -> bool:
    """Whether the address names only what it asks for; a form also sends what was left empty."""
    return all(value.strip() for key in query for value in query.getlist(key))


def read_number(text: str, unit: str) -> float | None:
    """Return the number somebody typed, ``None`` where it is none.

    Thousands separators, full-width digits and a true minus are taken; a percent sign where the number has no unit
    or is in per cent.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").replace(" ", "")
    bare = plain.removesuffix("%") if unit in ("1", "%") else plain
    try:
        value = float(bare)
    except ValueError:
        return None
    if bare != plain and unit == "1":
        value /= 100
    return value if isfinite(value) and "_" not in plain else None
