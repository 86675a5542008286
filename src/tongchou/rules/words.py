"""A rule in words: a formula as a sentence, and what a rule says of one row with its numbers filled in."""

from __future__ import annotations

import re

import numpy as np

from tongchou.kernel.numbers import figure, measured
from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.rules.declaration import Closing, Column, Input
from tongchou.rules.keys import ROWS, label
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule
from tongchou.rules.terms import WINDOWS, Term

BETWEEN = " · "  # parts of the name of a row that has several keys
NO_NUMBER = Text("缺数", "no figure")
_FIELD = re.compile(r"\{(\w+)\}")
_PUNCTUATION = re.compile(r"[，、；：（）,;:()]")
_MOST_REASONS = 3  # named in a sentence; the workings list them all

# How loosely a phrase holds together: what is looser than its place allows is put in brackets.
_ATOM, _NEGATED, _PRODUCT, _SUM, _TRUTH, _PHRASE = range(6)
_INFIX = {
    "multiply": (_PRODUCT, "{}乘以{}", "{} times {}"),
    "divide": (_PRODUCT, "{}除以{}", "{} divided by {}"),
    "add": (_SUM, "{}加{}", "{} plus {}"),
    "subtract": (_SUM, "{}减去{}", "{} less {}"),
    "equal": (_TRUTH, "{}等于{}", "{} is {}"),
    "unequal": (_TRUTH, "{}不等于{}", "{} is not {}"),
    "more": (_TRUTH, "{}大于{}", "{} exceeds {}"),
    "at_least": (_TRUTH, "{}不小于{}", "{} is at least {}"),
    "less": (_TRUTH, "{}小于{}", "{} is below {}"),
    "at_most": (_TRUTH, "{}不大于{}", "{} is at most {}"),
    "and": (_TRUTH, "{}且{}", "{} and {}"),
    "or": (_TRUTH, "{}或{}", "{} or {}"),
}
_OF = {
    "abs": ("{}的绝对值", "the size of {}"),
    "floor": ("{}向下取整", "{} rounded down"),
    "ceil": ("{}向上取整", "{} rounded up"),
    "ln": ("{}的自然对数", "the natural logarithm of {}"),
    "exp": ("e的{}次方", "e to the power of {}"),
    "sqrt": ("{}的平方根", "the square root of {}"),
}
_OVER = {
    "sum": ("合计", "the sum of {of} over {over}"),
    "avg": ("平均数", "the mean of {of} over {over}"),
    "min": ("最小值", "the least {of} of {over}"),
    "max": ("最大值", "the largest {of} of {over}"),
    "count": ("有数的个数", "the count of {of} over {over}"),
    "stddev_pop": ("标准差", "the standard deviation of {of} over {over}"),
}
Phrase = tuple[Text, int]


def formula(rule: Rule, name: str) -> Text:
    """Return what a column is, in words and without a full stop.

    For example 收支缺口 = 标准财政支出减去标准财政收入，不低于零.
    """
    column = rule.declared.columns[name]
    step = next((step for step in rule.steps if step.name == name), None)
    if step is None:
        how = Text("由算法给出", "given by the algorithm")
    else:
        how = _phrase(rule, step.term)[0]
        if column.missing == "leave_out" and step.windows:
            how = Text(f"{how.zh}，缺数的不计", f"{how.en}, leaving out those without a figure")
    if column.closes is not None:
        closing = settled(rule, column.closes)
        how = Text(f"{how.zh}，{closing.zh}", f"{how.en}, {closing.en}")
    return Text(f"{column.label.zh} = {how.zh}", f"{column.label.en} = {how.en}")


def phrase(rule: Rule, term: Term) -> Text:
    """Return one term of a formula in words."""
    return _phrase(rule, term)[0]


def settled(rule: Rule, closing: Closing) -> Text:
    """Return how a column is settled in whole units."""
    to = called(rule, closing.to) if closing.to != "0" else Text("零", "zero")
    most = Text("不超过", "at most") if closing.at_most else Text("等于", "exactly")
    return Text(
        f"按最大余数法取整到{closing.unit}，合计{most.zh}{to.zh}",
        f"settled in whole {unit_label(closing.unit).en} by largest remainder, adding up to {most.en} {to.en}",
    )


def called(rule: Rule, name: str) -> Text:
    """Return what an input, column, ``$parameter`` or row key is called."""
    if name in ROWS:
        return label(name)
    return rule.declared.quantities()[name].label.text()


def _phrase(rule: Rule, term: Term) -> Phrase:
    op = term.op
    if op == "number":
        value = float(term.value or 0.0)
        return (Text("零", "zero") if value == 0 else Text(figure(value), figure(value))), _ATOM
    if op in ("name", "parameter"):
        return _quoted(called(rule, str(term.value) if op == "name" else f"${term.value}")), _ATOM
    if op == "convert":
        return _phrase(rule, term.args[0])
    if op == "case":
        return _case(rule, term)
    if op in WINDOWS:
        return _window(rule, term)
    args = [_phrase(rule, arg) for arg in term.args]
    if op in ("equal", "unequal") and (category := _category(rule, term)) is not None:
        args[1] = (category, _ATOM)
    if op in _INFIX:
        return _infix(term, args)
    if op in ("greatest", "least"):
        return _bounded(term, args)
    if op in _OF:
        of = _within(args[0], _NEGATED)
        return Text(_OF[op][0].format(of.zh), _OF[op][1].format(of.en)), _NEGATED
    if op == "negate":
        of = _within(args[0], _ATOM)
        return Text(f"负{of.zh}", f"minus {of.en}"), _NEGATED
    if op == "not":
        of = _within(args[0], _ATOM)
        return Text(f"不是{of.zh}", f"not {of.en}"), _TRUTH
    first, *others = [_within(arg, _NEGATED) for arg in args]
    if op == "coalesce":
        zh = "".join(f"（缺数时取{o.zh}）" for o in others)
        return Text(first.zh + zh, first.en + "".join(f" (where missing, {o.en})" for o in others)), _ATOM
    if op == "nullif":
        return Text(f"{first.zh}（等于{others[0].zh}时作缺数）", f"{first.en} (none where it is {others[0].en})"), _ATOM
    if op == "round":
        zh = f"四舍五入到{others[0].zh}位小数" if others else "四舍五入取整"
        en = f"rounded to {others[0].en} decimals" if others else "rounded"
        return Text(f"{first.zh}{zh}", f"{first.en} {en}"), _NEGATED
    if op == "power":
        squared = term.args[1].op == "number" and term.args[1].value == 2
        zh = "的平方" if squared else f"的{others[0].zh}次方"
        return Text(f"{first.zh}{zh}", f"{first.en} {'squared' if squared else f'to the power of {others[0].en}'}"), (
            _NEGATED
        )
    raise AssertionError(op)


def _category(rule: Rule, term: Term) -> Text | None:
    """Return what the number that a coded input or column is compared with stands for."""
    left, right = term.args
    if left.op != "name" or right.op != "number":
        return None
    declared = rule.declared.quantities()[str(left.value)]
    codes = declared.codes if isinstance(declared, (Column, Input)) else None
    held = (codes or {}).get(int(float(right.value or 0.0)))
    return None if held is None else Text(f"“{held.zh}”", f"“{held.en}”")


def _quoted(words: Text) -> Text:
    """Put a name that would break up the sentence in quotation marks."""
    zh = f"“{words.zh}”" if _PUNCTUATION.search(words.zh) else words.zh
    return Text(zh, f"“{words.en}”" if _PUNCTUATION.search(words.en) else words.en)


def _within(phrase: Phrase, loosest: int) -> Text:
    words, looseness = phrase
    return words if looseness <= loosest else Text(f"（{words.zh}）", f"({words.en})")


def _infix(term: Term, args: list[Phrase]) -> Phrase:
    looseness, zh, en = _INFIX[term.op]
    # a − (b − c) and a ÷ (b × c) need their brackets, a + b + c does not; "and" and "or" do not mix without.
    mixed = looseness == _TRUTH
    first = looseness - 1 if mixed and term.args[0].op not in (term.op,) and term.op in ("and", "or") else looseness
    if term.op in ("and", "or"):
        sides = [_side(term, arg, phrase) for arg, phrase in zip(term.args, args, strict=True)]
    else:
        again = looseness if term.op == "add" or (term.op == "multiply" and term.args[1].op == "multiply") else 0
        sides = [_within(args[0], first), _within(args[1], max(_NEGATED, again))]
        if looseness == _SUM and args[1][1] == _PRODUCT:
            sides[1] = args[1][0]
        if looseness == _TRUTH:
            sides = [_within(a, _SUM) for a in args]
    return Text(zh.format(*(s.zh for s in sides)), en.format(*(s.en for s in sides))), looseness


def _side(term: Term, arg: Term, phrase: Phrase) -> Text:
    mixes = arg.op in ("and", "or") and arg.op != term.op
    return _within(phrase, _SUM if mixes else _TRUTH)


def _bounded(term: Term, args: list[Phrase]) -> Phrase:
    greatest = term.op == "greatest"
    if len(args) == 2:
        fixed = [arg.op in ("number", "parameter") or _is_minus(arg) for arg in term.args]
        if fixed[0] != fixed[1]:
            at = 0 if fixed[1] else 1
            of = args[at][0] if args[at][1] in (_PHRASE,) and _is_bound(term.args[at]) else _within(args[at], _SUM)
            by = _within(args[1 - at], _SUM)
            zh, en = ("不低于", "at least") if greatest else ("不超过", "at most")
            return Text(f"{of.zh}，{zh}{by.zh}", f"{of.en}, {en} {by.en}"), _PHRASE
    each = [_within(arg, _SUM) for arg in args]
    many = len(each) > 2
    zh = "、".join(e.zh for e in each[:-1]) + f"与{each[-1].zh}中{'最' if many else '较'}{'大' if greatest else '小'}的"
    word = ("largest" if many else "larger") if greatest else ("smallest" if many else "smaller")
    return Text(zh, f"the {word} of {', '.join(e.en for e in each[:-1])} and {each[-1].en}"), _PHRASE


def _is_minus(term: Term) -> bool:
    return term.op == "negate" and term.args[0].op in ("number", "parameter")


def _is_bound(term: Term) -> bool:
    return term.op in ("greatest", "least")


def _case(rule: Rule, term: Term) -> Phrase:
    zh, en = [], []
    for condition, value in zip(term.args[:-1:2], term.args[1::2], strict=True):
        when, then = _phrase(rule, condition)[0], _within(_phrase(rule, value), _SUM)
        zh.append(f"{when.zh}时，为{then.zh}")
        en.append(f"{then.en} where {when.en}")
    other = _within(_phrase(rule, term.args[-1]), _SUM)
    return Text("；".join(zh) + f"；其余为{other.zh}", "; ".join(en) + f"; otherwise {other.en}"), _PHRASE


def _window(rule: Rule, term: Term) -> Phrase:
    rows = [key for key in rule.rows if key not in term.keys]
    units = Text("、".join(label(k).zh for k in rows) or "数", " and ".join(label(k).en.lower() for k in rows) or "row")
    over = Text(f"全部{units.zh}", f"every {units.en}")
    if term.keys:
        keys = [called(rule, key) for key in term.keys]
        alike = Text("、".join(k.zh for k in keys), " and ".join(k.en.lower() for k in keys))
        over = Text(f"同一{alike.zh}内各{units.zh}", f"every {units.en} of the same {alike.en}")
    of = _within(_phrase(rule, term.args[0]), _ATOM)
    if term.op == "rank":
        way = Text("从大到小", "from the largest") if term.value else Text("从小到大", "from the smallest")
        return Text(
            f"{of.zh}在{over.zh}中{way.zh}的位次", f"the rank of {of.en} among {over.en}, counted {way.en}"
        ), _NEGATED
    zh, en = _OVER[term.op]
    return Text(f"{over.zh}{of.zh}的{zh}", en.format(of=of.en, over=over.en)), _NEGATED


def says(result: Result, row: int, place: Text | None = None) -> Text:
    """Return the rule's sentence about one row, numbers with units; a missing one says what it is missing for.

    A number weaker than derived says so. ``place`` is what the row is called, its code without it.
    """
    words = result.rule.declared.says
    fields: dict[str, Text] = {key: key_name(result, row, key, place) for key in result.rule.rows}
    numbers: list[str] = []
    fields["place"] = place or Text(result.table.places[row], result.table.places[row])
    for template in (words.zh, words.en):
        for name in _FIELD.findall(template):
            if name not in fields:
                fields[name] = Text("", "")
                numbers.append(name)
    levels = {_level(result, name, row) for name in numbers if name != "period"} - {0}
    # One word at the end where it holds for every number of the sentence, else one behind each.
    together = len(levels) == 1
    for name in numbers:
        shown = _period(result, row, words.zh) if name == "period" else cell(result, name, row, status=not together)
        fields[name] = shown
    said = words.text().format(**fields)
    if not together or (level := levels.pop()) >= Status.DERIVED:
        return said
    word = Status(level).label
    return Text(f"{said.zh}（均为{word.zh}）", f"{said.en} (all {word.en})")


def _level(result: Result, name: str, row: int) -> int:
    return int((result.status[name] if name in result.status else result.table.status[name])[row])


def key_name(result: Result, row: int, key: str, place: Text | None = None) -> Text:
    """Return what a row is called under one of its keys: by its part of the joined name, by the rule, else its code."""
    rows = result.rule.rows
    if place is not None:
        zh, en = place.zh.split(BETWEEN), place.en.split(BETWEEN)
        if len(zh) == len(en) == len(rows):
            return Text(zh[rows.index(key)], en[rows.index(key)])
    code = result.keys[key][row]
    named = result.rule.declared.names.get(key, {}).get(code)
    return named.text() if named is not None else Text(code, code)


def _period(result: Result, row: int, template: str) -> Text:
    code = result.table.periods[row]
    shown = Period.parse(code).label()
    # A template that writes 年 itself wants the bare year.
    if "{period}年" in template:
        shown = shown.removesuffix("年")
    return Text(shown, code)


def bare(result: Result, name: str, row: int) -> Text:
    """Return a column of one row without unit or status: its number, what it stands for, or that there is none."""
    value, declared = float(result.values[name][row]), result.rule.declared.columns[name]
    if np.isnan(value):
        return NO_NUMBER
    if declared.codes is not None and int(value) in declared.codes:
        return declared.codes[int(value)].text()
    shown = figure(value, declared.unit, aligned=True)
    return Text(shown, shown)


def cell(result: Result, name: str, row: int, *, status: bool = True) -> Text:
    """Return an input or column of one row: its number with unit, or the category it stands for, or why it is missing.

    With ``status`` that is added where it is weaker than derived.
    """
    values = result.values[name] if name in result.values else result.table.values[name]
    value, declared = float(values[row]), result.rule.declared.quantities()[name]
    if np.isnan(value):
        return _missing(result, name, row)
    shown = measured(value, declared.unit)
    if isinstance(declared, (Column, Input)) and declared.codes is not None and int(value) in declared.codes:
        shown = declared.codes[int(value)].text()
    level = _level(result, name, row)
    if status and 0 < level < Status.DERIVED:
        word = Status(level).label
        shown = Text(f"{shown.zh}（{word.zh}）", f"{shown.en} ({word.en})")
    return shown


def _missing(result: Result, name: str, row: int) -> Text:
    here = result.table.places[row]
    zh, en = [], []
    causes = result.why(name, row)
    for cause in causes[:_MOST_REASONS]:
        what = called(result.rule, cause.name) if cause.name not in ROWS else label(cause.name)
        elsewhere = "" if cause.place == here else cause.place
        undefined = cause.name in result.values
        zh.append(f"{elsewhere}{what.zh}{'无从算出' if undefined else '未报'}")
        en.append(f"{what.en}{f' of {elsewhere}' if elsewhere else ''} {'undefined' if undefined else 'not reported'}")
    if len(causes) > _MOST_REASONS:
        zh.append(f"等{len(causes)}项")
        en.append(f"{len(causes)} in all")
    if not zh:
        return NO_NUMBER
    return Text(f"{NO_NUMBER.zh}（{'，'.join(zh)}）", f"{NO_NUMBER.en} ({', '.join(en)})")
