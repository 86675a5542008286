"""Terms of a formula as phrases in both languages, with brackets where a phrase would be read otherwise."""

from __future__ import annotations

import re

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.rules.declaration import Column, Input
from tongchou.rules.keys import ROWS, label
from tongchou.rules.rule import Rule

_PUNCTUATION = re.compile(r"[，、；：（）,;:()]")

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


def phrase(rule: Rule, term: Term) -> Text:
    """Return one term of a formula in words."""
    return _phrase(rule, term)[0]


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
