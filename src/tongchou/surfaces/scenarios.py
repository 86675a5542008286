"""What-if as people write and read it: the values to try, the sentences, the table, the files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan
from typing import TYPE_CHECKING

from tongchou.kernel.numbers import figure, measured, number
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import codes, whatif
from tongchou.rules.rule import Rule
from tongchou.rules.whatif import Sweep
from tongchou.rules.whatif.conclusions import Above, Conclusion, Exceeds, RankOf
from tongchou.rules.whatif.settings import Setting
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.fitting_tables import fitting_tables
from tongchou.surfaces.standing import warning

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST = 1000
_VARY = "coverage=0.4,0.5,0.6 · coverage=0.4:0.8:0.1 · population.140121=3e5,4e5"
_BY = "coverage=0:1"
_WHEN = "140123 > 140122 · 140123 > 5000000 · rank 140123"
#: Scenarios shown beside each other on a screen; the files hold all.
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Named:
    """What places and settings are called, and which code a name stands for."""

    rule: Rule
    names: Mapping[str, Text]

    def code(self, text: str) -> str:
        """Return the place code that a code or a name stands for; the text itself where it is neither."""
        if text in self.names:
            return text
        return next((code for code, name in self.names.items() if text in (name.zh, name.en)), text)

    def setting(self, text: str) -> str:
        """Return a setting as the engine writes it: ``$coverage``, ``$rate.C13``, ``population.140121``."""
        name, _, code = text.strip().removeprefix("$").partition(".")
        if name in self.rule.declared.parameters:
            return f"${name}.{code}" if code else f"${name}"
        return f"{name}.{self.code(code)}" if code else name


def trials_of(texts: Sequence[str], named: Named) -> dict[str, list[float] | dict[str, list[float]]]:
    """Return the values to try, from ``name=a,b,c`` or ``name=from:to:step``; raise with all that cannot be read."""
    problems: list[Problem] = []
    found: dict[str, list[float] | dict[str, list[float]]] = {}
    for text in texts:
        name, equals, values = text.partition("=")
        held = _values(values) if equals else None
        if held is None or not name.strip():
            problems.append(codes.NOT_A_SETTING.at(f"--vary {text}", text=text, example=_VARY))
            continue
        setting, _, code = named.setting(name).partition(".")
        if not code:
            found[setting] = held
            continue
        table = found.setdefault(setting, {})
        if isinstance(table, dict):
            table[code] = held
    if problems:
        raise ProblemsError(problems)
    return found


def _values(text: str) -> list[float] | None:
    try:
        if ":" not in text:
            held = [float(part) for part in text.split(",")]
        else:
            low, high, step = (float(part) for part in text.split(":"))
            count = (high - low) / step
            if not 0 <= count < _MOST:
                return None
            held = [low + i * step for i in range(int(count + 1e-9) + 1)]
    except (ValueError, ZeroDivisionError):
        return None
    return held if all(isfinite(v) for v in held) else None


def range_of(text: str, named: Named) -> tuple[str, float, float]:
    """Return the setting and its bounds from ``coverage=0:1``; raise :class:`ProblemsError` when it cannot be read."""
    name, _, values = text.partition("=")
    low, colon, high = values.partition(":")
    try:
        if not colon or not name.strip():
            raise ValueError
        return named.setting(name), float(low), float(high)
    except ValueError:
        raise ProblemsError([codes.NOT_A_SETTING.at(f"--by {text}", text=text, example=_BY)]) from None


def conclusion_of(text: str, named: Named, column: str | None) -> Conclusion:
    """Return the conclusion ``A > B``, ``A > number`` or ``rank A``; raise when it cannot be read."""
    left, more, right = (part.strip() for part in text.partition(">"))
    if not more and left.lower().startswith("rank "):
        return RankOf(named.code(left[5:].strip()), column=column, names=named.names)
    if not (more and left and right):
        raise ProblemsError([codes.NOT_A_SETTING.at(f"--when {text}", text=text, example=_WHEN)])
    if named.code(right) in named.names:
        return Exceeds(named.code(left), named.code(right), column=column, names=named.names)
    try:
        return Above(named.code(left), float(right), column=column, names=named.names)
    except ValueError:
        raise ProblemsError([codes.NOT_A_SETTING.at(f"--when {text}", text=text, example=_WHEN)]) from None


def sentences(found: Sweep, names: Mapping[str, Text]) -> list[Text]:
    """Return one sentence a place: between what its result and rank move over all scenarios."""
    rule = found.base.rule
    what, unit = rule.declared.columns[rule.declared.result].label, rule.units()[rule.declared.result]
    (low, high), (best, worst) = found.amount_range(), found.rank_range()
    said = []
    for i, place in enumerate(found.base.table.places):
        if isnan(low[i]):
            said.append(Text(f"{names[place].zh}没有结果", f"{names[place].en} has no result"))
            continue
        least, most = measured(float(low[i]), unit), measured(float(high[i]), unit)
        if low[i] == high[i]:
            zh, en = f"{names[place].zh}{what.zh}不变，{least.zh}", f"{names[place].en}: {what.en} stays at {least.en}"
        else:
            zh = f"{names[place].zh}{what.zh}在 {least.zh} 与 {most.zh} 之间"
            en = f"{names[place].en}: {what.en} between {least.en} and {most.en}"
        same = best[i] == worst[i]
        zh += f"，位次不变（第 {best[i]}）" if same else f"，位次第 {best[i]} 至第 {worst[i]}"
        en += f", rank {best[i]} throughout" if same else f", rank {best[i]} to {worst[i]}"
        said.append(Text(zh, en))
    return said


def setting_name(setting: Setting, rule: Rule, names: Mapping[str, Text]) -> Text:
    """Return what a setting is called, with the name of its place instead of the code."""
    words, place = setting.label(rule), names.get(setting.code)
    if not setting.code or place is None:
        return words
    return Text(words.zh.replace(setting.code, place.zh), words.en.replace(setting.code, place.en))


def headings(found: Sweep, names: Mapping[str, Text], language: str) -> list[str]:
    """Return what each scenario is called: its settings and their values."""
    rule = found.base.rule
    titles = [setting_name(setting, rule, names).in_(language) for setting in found.settings]
    return ["\n".join(f"{t} {number(float(v))}" for t, v in zip(titles, row, strict=True)) for row in found.values]


def screen(found: Sweep, names: Mapping[str, Text], language: str, width: int = 80) -> RenderableType:
    """Return the sentences and a table of amounts and ranks in every scenario, marked as what-if."""
    from rich.console import Group
    from rich.markup import escape

    rule = found.base.rule
    unit = rule.units()[rule.declared.result]
    places = found.base.table.places
    said = "\n".join(escape(s.in_(language)) for s in sentences(found, names))

    def cell(amount: float, rank: int) -> str:
        return "—" if isnan(amount) else f"{figure(float(amount), unit, aligned=True)}  {rank}"

    now = whatif.ranks(found.base_amounts[None, :])[0]
    first = [(Text("单位", "Place").in_(language), [names[p].in_(language) for p in places])]
    rows = range(len(places))
    columns = [(Text("现在", "Now").in_(language), [cell(found.base_amounts[i], int(now[i])) for i in rows])]
    shown = min(len(found.amounts), _SHOWN)
    for n, head in enumerate(headings(found, names, language)[:shown]):
        columns.append((head, [cell(found.amounts[n, i], int(found.ranks[n, i])) for i in rows]))
    shown_unit = label(unit).in_(language)
    title = Text(
        f"{rule.declared.title.zh}：设想（金额 {shown_unit}，后为位次）",
        f"{rule.declared.title.en}: what if (amount {shown_unit}, then rank)",
    ).in_(language)
    marked = Text("设想的结果，不是决定。", "These are what-if results, not decisions.").in_(language)
    told = [t for t in (marked, warning(found.base).in_(language)) if t]
    more = len(found.amounts) - shown
    if more > 0:
        told.append(
            Text(f"另有 {more} 个方案，写成文件可见。", f"{more} more scenarios; files hold all.").in_(language)
        )
    return Group(said, "", escape(title), *fitting_tables(first, columns, width), *map(escape, told))


def as_json(found: Sweep) -> bytes:
    """Return ``tongchou.whatif/1``."""
    return (json.dumps(whatif.record(found), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def as_csv(found: Sweep, names: Mapping[str, Text], language: str) -> bytes:
    """Return one row for each scenario and place: settings, amount, rank; UTF-8 with a byte order mark."""
    rule = found.base.rule
    out = io.StringIO()
    writer = csv.writer(out)
    zh, en = ("方案", "代码", "单位", "金额", "位次"), ("scenario", "code", "place", "amount", "rank")
    words = zh if language == "zh" else en
    writer.writerow(
        [words[0], *(neutral(setting_name(s, rule, names).in_(language)) for s in found.settings), *words[1:]]
    )
    scenarios = zip(found.values.tolist(), found.amounts, found.ranks, strict=True)
    for n, (settings, amounts, ranks) in enumerate(scenarios, start=1):
        for i, place in enumerate(found.base.table.places):
            amount = "" if isnan(amounts[i]) else repr(float(amounts[i]))
            rank = int(ranks[i]) or ""
            values = [repr(float(v)) for v in settings]
            writer.writerow([n, *values, *(neutral(c) for c in (place, names[place].in_(language))), amount, rank])
    return ("\ufeff" + out.getvalue()).encode("utf-8")
