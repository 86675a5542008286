"""Units of a formula, inferred term by term; conversions are inserted where units differ but convert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tongchou.formulas import codes
from tongchou.formulas.terms import Term
from tongchou.kernel.measures import NONE, Measure, measure
from tongchou.kernel.problems import Problem
from tongchou.kernel.units import has_offset

_SAME = {"add", "subtract", "greatest", "least", "coalesce", "nullif"}
_COMPARE = {"equal", "unequal", "more", "at_least", "less", "at_most"}
_KEEP = {"negate", "abs", "sum", "avg", "min", "max", "stddev_pop"}
_ROUND = {"round", "floor", "ceil"}
_PURE = {"ln", "exp"}


class Truth:
    """The unit of a comparison: true or false, no number."""


class Any:
    """The unit of a literal zero, which fits every unit."""


Inferred = Measure | type[Truth] | type[Any]


def is_declarable(text: str) -> bool:
    """Return whether ``text`` is a unit a rule may declare: one that a factor alone converts (so not ℃)."""
    try:
        return not has_offset(text)
    except ValueError:
        return False


class _MismatchError(Exception):
    def __init__(self, part: str, found: str, expected: str) -> None:
        super().__init__(part)
        self.part, self.found, self.expected = part, found, expected


def fit(term: Term, units: Mapping[str, str], target: str, where: str, problems: list[Problem]) -> Term | None:
    """Return ``term`` with its conversions inserted so that it comes out in unit ``target``.

    ``units`` gives the unit of every name and, under ``$name``, of every parameter. A problem naming the offending
    part is added, and ``None`` returned, when units do not fit.
    """
    try:
        fitted, found = _infer(term, units)
        return _to(fitted, found, measure(target))
    except _MismatchError as error:
        problems.append(codes.DIMENSIONS.at(where, part=error.part, found=error.found, expected=error.expected))
        return None


def fit_condition(term: Term, units: Mapping[str, str], where: str, problems: list[Problem]) -> Term | None:
    """Return ``term`` with its conversions inserted; a problem is added unless it is true or false."""
    try:
        fitted, found = _infer(term, units)
        _truth(fitted, found)
    except _MismatchError as error:
        problems.append(codes.DIMENSIONS.at(where, part=error.part, found=error.found, expected=error.expected))
        return None
    return fitted


def _show(found: Inferred) -> str:
    if found is Truth:
        return "真假 true/false"
    return str(found)


def _to(term: Term, found: Inferred, target: Measure) -> Term:
    if found is Any:
        return term
    if not isinstance(found, Measure) or found.dimensions != target.dimensions:
        raise _MismatchError(term.text, _show(found), _show(target))
    factor = found.to(target)
    return term if factor == 1.0 else Term("convert", (term,), factor, (), term.text)


def _number(term: Term, found: Inferred) -> Measure:
    if isinstance(found, Measure):
        return found
    if found is Truth:
        raise _MismatchError(term.text, _show(found), "数 a number")
    return NONE


def _alike(args: tuple[Term, ...], found: list[Inferred]) -> tuple[tuple[Term, ...], Inferred]:
    """Bring all arguments to the unit of the first that has one."""
    for term, one in zip(args, found, strict=True):
        _number(term, one)
    first = next((one for one in found if isinstance(one, Measure)), None)
    if first is None:
        return args, Any
    return tuple(_to(t, one, first) for t, one in zip(args, found, strict=True)), first


def _truth(term: Term, found: Inferred) -> None:
    if found is not Truth:
        raise _MismatchError(term.text, _show(found), "真假 true/false")


def _infer(term: Term, units: Mapping[str, str]) -> tuple[Term, Inferred]:
    one = NONE
    op = term.op
    if op == "number":
        return term, Any if term.value == 0 else one
    if op == "name":
        return term, measure(units[str(term.value)])
    if op == "parameter":
        return term, measure(units[f"${term.value}"])
    pairs = [_infer(arg, units) for arg in term.args]
    args, found = tuple(a for a, _ in pairs), [f for _, f in pairs]
    if op in ("multiply", "divide"):
        left, right = (_number(t, f) for t, f in zip(args, found, strict=True))
        return replace(term, args=args), left * right if op == "multiply" else left / right
    if op in _SAME:
        args, result = _alike(args, found)
        return replace(term, args=args), result
    if op in _COMPARE:
        args, _ = _alike(args, found)
        return replace(term, args=args), Truth
    if op in ("and", "or", "not"):
        for arg, each in zip(args, found, strict=True):
            _truth(arg, each)
        return replace(term, args=args), Truth
    if op == "case":
        for arg, each in zip(args[:-1:2], found[:-1:2], strict=True):
            _truth(arg, each)
        values, result = _alike((*args[1::2], args[-1]), [*found[1::2], found[-1]])
        mixed = [part for pair in zip(args[:-1:2], values[:-1], strict=True) for part in pair]
        return replace(term, args=(*mixed, values[-1])), result
    if op in _KEEP or op in _ROUND:
        if len(args) == 2:
            _literal(args[1])
        _number(args[0], found[0])
        return replace(term, args=args), found[0]
    if op in _PURE:
        return replace(term, args=(_to(args[0], _number(args[0], found[0]), one),)), one
    if op == "sqrt":
        return replace(term, args=args), _number(args[0], found[0]) ** 0.5
    if op == "power":
        base = _number(args[0], found[0])
        if base.dimensions == one.dimensions:
            return replace(term, args=tuple(_to(t, f, one) for t, f in zip(args, found, strict=True))), one
        return replace(term, args=args), base ** _literal(args[1])
    if op in ("count", "rank"):
        _number(args[0], found[0])
        return replace(term, args=args), one
    raise AssertionError(op)


def _literal(term: Term) -> float:
    sign = -1.0 if term.op == "negate" else 1.0
    inner = term.args[0] if term.op == "negate" else term
    if inner.op != "number" or not isinstance(inner.value, float):
        raise _MismatchError(term.text, "变数 a variable", "写出的数 a number written out")
    return sign * inner.value
