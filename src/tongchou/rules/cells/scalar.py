"""Terms of one row as text of a cell formula."""

from __future__ import annotations

from typing import Protocol

from tongchou.formulas.terms import WINDOWS, Term

#: Stands for the number of the row in a formula written once for many rows.
ROW = "\x00"

# How loosely a text holds together, as a spreadsheet reads it.
_ATOM, _PRODUCT, _SUM, _COMPARISON = range(4)
_INFIX = {
    "multiply": ("*", _PRODUCT),
    "divide": ("/", _PRODUCT),
    "add": ("+", _SUM),
    "subtract": ("-", _SUM),
    "equal": ("=", _COMPARISON),
    "unequal": ("<>", _COMPARISON),
    "more": (">", _COMPARISON),
    "at_least": (">=", _COMPARISON),
    "less": ("<", _COMPARISON),
    "at_most": ("<=", _COMPARISON),
}
_CALLS = {"abs": "ABS", "floor": "INT", "ln": "LN", "exp": "EXP", "sqrt": "SQRT"}
_EXTREME = {"greatest": "MAX", "least": "MIN"}
# An empty text in one of these passes for a number or is passed over; + 0 makes it the error it has to be.
_MAY_BE_EMPTY = frozenset(("name", "case", "coalesce", "nullif"))

Text = tuple[str, int]


class Place(Protocol):
    """Where the numbers of a formula stand, seen from one row (``ROW`` for its number)."""

    def here(self, name: str) -> str:
        """Return the cell of an input or column in this row."""

    def parameter(self, name: str) -> str:
        """Return the cell or look-up of a parameter as it is in force for this row."""

    def over(self, term: Term) -> str:
        """Return the value of a window for this row: a cell, or a call that gives an error where it is missing."""


def formula(term: Term, place: Place) -> str:
    """Return the formula of a cell, ``=`` included; the cell is ``""`` where there is no number."""
    return f'=IFERROR({expression(term, place)},"")'


def expression(term: Term, place: Place) -> str:
    """Return what stands inside a formula: an error or ``""`` where there is no number."""
    return _Writer(place).text(term)[0]


class _Writer:
    def __init__(self, place: Place) -> None:
        self.place = place

    def text(self, term: Term) -> Text:
        op = term.op
        if op == "number":
            return number(float(term.value or 0.0)), _ATOM
        if op == "name":
            return self.place.here(str(term.value)), _ATOM
        if op == "parameter":
            return self.place.parameter(str(term.value)), _ATOM
        if op in WINDOWS:
            return self.place.over(term), _ATOM
        if op in _INFIX:
            return self._infix(term)
        if op == "convert":
            return self._convert(term)
        if op == "negate":
            return f"-{self.within(term.args[0], _ATOM)}", _SUM
        if op in ("and", "or"):
            return self._logic(term), _ATOM
        if op == "not":
            return f"NOT({self.text(term.args[0])[0]})", _ATOM
        if op in _CALLS:
            return f"{_CALLS[op]}({self.text(term.args[0])[0]})", _ATOM
        if op in _EXTREME:
            return f"{_EXTREME[op]}({','.join(self.sure(arg) for arg in term.args)})", _ATOM
        if op == "ceil":
            return f"-INT(-{self.within(term.args[0], _ATOM)})", _SUM
        if op == "round":
            digits = self.text(term.args[1])[0] if len(term.args) == 2 else "0"
            return f"ROUND({self.text(term.args[0])[0]},{digits})", _ATOM
        if op == "power":
            return self._power(term), _ATOM
        if op == "coalesce":
            return self._coalesce(term.args), _ATOM
        if op == "nullif":
            return self._nullif(term), _ATOM
        if op == "case":
            return self._case(term), _ATOM
        raise AssertionError(op)

    def within(self, term: Term, loosest: int) -> str:
        text, looseness = self.text(term)
        return text if looseness <= loosest else f"({text})"

    def sure(self, term: Term, loosest: int = _SUM) -> str:
        """Return a term where an empty text would pass unnoticed: as an error if it is missing."""
        if term.op in _MAY_BE_EMPTY:
            return f"{self.text(term)[0]}+0"
        return self.within(term, loosest)

    def _infix(self, term: Term) -> Text:
        sign, looseness = _INFIX[term.op]
        left, right = term.args
        if looseness == _COMPARISON:
            return f"{self.sure(left)}{sign}{self.sure(right)}", _COMPARISON
        # a-(b-c) and a/(b*c) keep their brackets; a+b+c and a*b*c need none.
        tighter = looseness if term.op in ("add", "multiply") and right.op == term.op else looseness - 1
        second = self.within(right, tighter)
        if second.startswith("-"):
            second = f"({second})"
        return f"{self.within(left, looseness)}{sign}{second}", looseness

    def _convert(self, term: Term) -> Text:
        factor = float(term.value or 0.0)
        of = self.within(term.args[0], _PRODUCT)
        back = 1 / factor
        if factor < 1 and abs(back - round(back)) < 1e-9 * back:
            return f"{of}/{number(float(round(back)))}", _PRODUCT
        return f"{of}*{number(factor)}", _PRODUCT

    def _logic(self, term: Term) -> str:
        """One false settles an "and", one true an "or", whatever is missing beside it."""
        parts = [self.text(part)[0] for part in _flat(term, term.op)]
        if term.op == "and":
            known = ",".join(f"IFERROR({p},TRUE)" for p in parts)
            return f"IF(AND({known}),AND({','.join(parts)}),FALSE)"
        known = ",".join(f"IFERROR({p},FALSE)" for p in parts)
        return f"IF(OR({known}),TRUE,OR({','.join(parts)}))"

    def _power(self, term: Term) -> str:
        base, exponent = (self.text(arg)[0] for arg in term.args)
        written = _written(term.args[1])
        sure = self.sure(term.args[0])
        if written is None:
            by = self.sure(term.args[1])
            undefined = f"OR(AND({sure}<0,{by}<>INT({exponent})),AND({sure}=0,{by}<0))"
            return f"IF({undefined},NA(),IF({by}=0,1+0*({base}),POWER({base},{exponent})))"
        if written == 0:
            return f"(1+0*({base}))"
        if written != int(written):
            return f"IF({sure}<0,NA(),POWER({base},{exponent}))"
        return f"POWER({base},{exponent})"

    def _coalesce(self, args: tuple[Term, ...]) -> str:
        if len(args) == 1:
            return self.text(args[0])[0]
        first, rest = self.text(args[0])[0], self._coalesce(args[1:])
        if args[0].op == "name":
            return f"IF(ISNUMBER({first}),{first},{rest})"
        return f"IFERROR({self.sure(args[0])},{rest})"

    def _nullif(self, term: Term) -> str:
        value = self.sure(term.args[0])
        same = f"{value}={self.sure(term.args[1])}"
        if term.args[1].op not in ("number", "parameter"):
            # What is compared with nothing is not equal to it.
            same = f"IFERROR({same},FALSE)"
        return f"IF({same},NA(),{value})"

    def _case(self, term: Term) -> str:
        found = self.text(term.args[-1])[0]
        for condition, value in zip(term.args[-3::-2], term.args[-2::-2], strict=True):
            found = f"IF({self.text(condition)[0]},{self.text(value)[0]},{found})"
        return found


def _flat(term: Term, op: str) -> list[Term]:
    return [part for arg in term.args for part in (_flat(arg, op) if arg.op == op else [arg])]


def _written(term: Term) -> float | None:
    if term.op == "negate":
        inner = _written(term.args[0])
        return None if inner is None else -inner
    return float(term.value or 0.0) if term.op == "number" else None


def number(value: float) -> str:
    """Return a number as a formula writes it."""
    text = repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value).upper()
    return f"({text})" if value < 0 else text
