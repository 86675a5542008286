"""From the terms of a formula to mathematics."""

from __future__ import annotations

from typing import Literal

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.numbers import figure
from tongchou.kernel.text import Text
from tongchou.rules import words
from tongchou.rules.keys import ROWS
from tongchou.rules.keys import label as key_label
from tongchou.rules.mathematics.nodes import (
    Cases,
    Fence,
    Fraction,
    Function,
    Large,
    Name,
    Node,
    Number,
    Power,
    Root,
    Row,
    Sign,
    Words,
)
from tongchou.rules.rule import Rule

#: Whether quantities are shown by what they are called, or by letters that a legend explains.
Symbols = Literal["labels", "letters"]

_ATOM, _PRODUCT, _SUM, _RELATION, _AND, _OR = range(6)
_RELATIONS = {"equal": "=", "unequal": "≠", "more": ">", "at_least": "≥", "less": "<", "at_most": "≤"}
_OTHERWISE, _IF = Text("其余", "otherwise"), Text("若 ", "if ")
_MISSING, _THERE = Text("缺数", "missing"), Text("有数", "there")
Built = tuple[Node, int]


def equation(rule: Rule, name: str, symbols: Symbols = "labels") -> Node | None:
    """Return a column as ``name = formula``, and how it closes; ``None`` where it comes from the algorithm."""
    step = next((step for step in rule.steps if step.name == name), None)
    if step is None:
        return None
    build = _Build(rule, symbols)
    right = build.of(step.term)[0]
    if step.closing is not None:
        relation = Sign("≤" if step.closing.at_most else "=")
        total = Large("∑", Words(build.rows(())), build.name(name))
        right = Row(
            (right, Sign(", "), total, relation, build.name(step.closing.to) if step.closing.to != "0" else Number("0"))
        )
    return Row((build.name(name), Sign("="), right))


def legend(rule: Rule) -> dict[str, Name]:
    """Return the letter of every input, parameter (under ``$name``) and column, as ``symbols="letters"`` uses them."""
    return _Build(rule, "letters").letters


class _Build:
    def __init__(self, rule: Rule, symbols: Symbols) -> None:
        self.rule, self.symbols = rule, symbols
        declared = rule.declared
        self.letters: dict[str, Name] = {}
        groups = (("x", list(declared.inputs)), ("p", [f"${n}" for n in declared.parameters]))
        for letter, names in (*groups, ("y", list(declared.columns))):
            self.letters |= {
                name: Name(Text(letter, letter), str(i), is_letter=True) for i, name in enumerate(names, 1)
            }

    def name(self, name: str) -> Node:
        if name in ROWS:
            return Words(key_label(name))
        return self.letters[name] if self.symbols == "letters" else Name(words.called(self.rule, name))

    def of(self, term: Term) -> Built:
        op = term.op
        if op == "number":
            return Number(figure(float(term.value or 0.0))), _ATOM
        if op in ("name", "parameter"):
            return self.name(str(term.value) if op == "name" else f"${term.value}"), _ATOM
        if op == "convert":
            return self._convert(term)
        if op in WINDOWS:
            return self._window(term)
        if op == "case":
            return self._case(term)
        if op == "coalesce":
            return self._coalesce(term.args)
        if op in ("and", "or"):
            return self._logic(term)
        return self._scalar(term)

    def within(self, term: Term, loosest: int) -> Node:
        node, looseness = self.of(term)
        return node if looseness <= loosest else Fence("(", node, ")")

    def rows(self, keys: tuple[str, ...]) -> Text:
        rest = [key_label(key) for key in self.rule.rows if key not in keys]
        over = Text("、".join(k.zh for k in rest), ", ".join(k.en.lower() for k in rest))
        if not keys:
            return over
        alike = [words.called(self.rule, key) for key in keys]
        zh, en = "、".join(a.zh for a in alike), ", ".join(a.en.lower() for a in alike)
        return Text(f"同一{zh}的{over.zh}", f"{over.en} of the same {en}")

    def _scalar(self, term: Term) -> Built:
        op, args = term.op, term.args
        if op in ("add", "subtract"):
            sign = Sign("+" if op == "add" else "−")
            right = self.within(args[1], _SUM if op == "add" else _PRODUCT)
            if args[1].op == "negate":
                right = Fence("(", self.of(args[1])[0], ")")
            return Row((self.within(args[0], _SUM), sign, right)), _SUM
        if op == "multiply":
            return Row((self.within(args[0], _PRODUCT), Sign("×"), self.within(args[1], _PRODUCT))), _PRODUCT
        if op == "divide":
            return Fraction(self.of(args[0])[0], self.of(args[1])[0]), _ATOM
        if op == "negate":
            return Row((Sign("−", spaced=False), self.within(args[0], _ATOM))), _SUM
        if op in _RELATIONS:
            return Row((self.within(args[0], _SUM), Sign(_RELATIONS[op]), self.within(args[1], _SUM))), _RELATION
        if op == "not":
            return Row((Sign("¬", spaced=False), self.within(args[0], _ATOM))), _RELATION
        return self._function(term), _ATOM

    def _function(self, term: Term) -> Node:
        op = term.op
        if op == "power":
            return Power(self.within(term.args[0], _ATOM), self.of(term.args[1])[0])
        args = tuple(self.of(arg)[0] for arg in term.args)
        if op in ("greatest", "least"):
            return Function("max" if op == "greatest" else "min", args)
        if op == "abs":
            return Fence("|", args[0], "|")
        if op == "floor":
            return Fence("⌊", args[0], "⌋")
        if op == "ceil":
            return Fence("⌈", args[0], "⌉")
        if op == "ln":
            return Function("ln", args)
        if op == "sqrt":
            return Root(args[0])
        if op == "exp":
            return Power(Name(Text("e", "e"), is_letter=True), args[0])
        if op == "round":
            return Function("round", args[:1], args[1] if len(args) > 1 else None)
        if op == "nullif":
            differs = Row((args[0], Sign("≠"), args[1]))
            return Cases(((args[0], Row((Words(_IF), differs))), (Words(_MISSING), Words(_OTHERWISE))))
        raise AssertionError(op)

    def _convert(self, term: Term) -> Built:
        factor = float(term.value or 0.0)
        of = self.within(term.args[0], _PRODUCT)
        size = len(str(round(max(factor, 1 / factor)))) - 1
        if size and abs(max(factor, 1 / factor) / 10**size - 1) < 1e-12:
            by: Node = Power(Number("10"), Number(str(size) if factor > 1 else f"−{size}"))
        else:
            by = Number(figure(factor))
        return Row((of, Sign("×"), by)), _PRODUCT

    def _window(self, term: Term) -> Built:
        under = Words(self.rows(term.keys))
        if term.op == "sum":
            return Large("∑", under, self.within(term.args[0], _PRODUCT)), _PRODUCT
        of = self.of(term.args[0])[0]
        if term.op in ("min", "max"):
            return Function(term.op, (of,), under), _ATOM
        if term.op == "rank":
            way = Text("从大到小", "largest first") if term.value else Text("从小到大", "smallest first")
            where = Text(f"{under.words.zh}，{way.zh}", f"{under.words.en}, {way.en}")
            return Function("rank", (of,), Words(where)), _ATOM
        name = {"avg": "mean", "count": "count", "stddev_pop": "σ"}[term.op]
        return Function(name, (of,), under), _ATOM

    def _case(self, term: Term) -> Built:
        rows = [
            (self.of(value)[0], Row((Words(_IF), self.of(condition)[0])))
            for condition, value in zip(term.args[:-1:2], term.args[1::2], strict=True)
        ]
        last: tuple[Node, Node] = (self.of(term.args[-1])[0], Words(_OTHERWISE))
        return Cases((*rows, last)), _SUM

    def _coalesce(self, args: tuple[Term, ...]) -> Built:
        first = self.of(args[0])[0]
        if len(args) == 1:
            return first, _ATOM
        rest = self._coalesce(args[1:])[0]
        there = Row((Words(_IF), first, Words(Text(f" {_THERE.zh}", f" is {_THERE.en}"))))
        return Cases(((first, there), (rest, Words(_OTHERWISE)))), _SUM

    def _logic(self, term: Term) -> Built:
        words_ = Text(" 且 ", " and ") if term.op == "and" else Text(" 或 ", " or ")
        loosest = _AND if term.op == "and" else _OR
        sides = [self.within(arg, loosest) for arg in term.args]
        return Row((sides[0], Words(words_), sides[1])), loosest
