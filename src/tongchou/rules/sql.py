"""A fitted formula as DuckDB SQL in which a missing number stays missing and nothing undefined becomes a number."""

from __future__ import annotations

from tongchou.formulas.terms import WINDOWS, Term

_INFIX = {
    "add": "+",
    "subtract": "-",
    "multiply": "*",
    "equal": "=",
    "unequal": "<>",
    "more": ">",
    "at_least": ">=",
    "less": "<",
    "at_most": "<=",
    "and": "AND",
    "or": "OR",
}
_CALLS = {"coalesce": "coalesce", "nullif": "nullif", "abs": "abs", "floor": "floor", "ceil": "ceil"}

# The sort key and the period of a row; no declared name can hold a #.
ROW, PERIOD = "#row", "#period"


def column(name: str) -> str:
    """Return a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def expression(term: Term, leaves_out: bool) -> str:
    """Return SQL for ``term``; where ``leaves_out`` is false a window with a missing number in it is missing.

    Aggregates of SQL skip NULL and ``greatest``/``least`` ignore it; here neither may, or a county that did not
    report would silently count as nothing.
    """
    args = [expression(arg, leaves_out) for arg in term.args]
    op = term.op
    if op == "number":
        return _double(float(term.value or 0.0))
    if op in ("name", "parameter"):
        return column(str(term.value) if op == "name" else f"${term.value}")
    if op == "convert":
        return f"({args[0]} * {_double(float(term.value or 0.0))})"
    if op in _INFIX:
        return f"({args[0]} {_INFIX[op]} {args[1]})"
    if op == "divide":
        return f"({args[0]} / nullif({args[1]}, 0))"
    if op == "negate":
        return f"(-{args[0]})"
    if op == "not":
        return f"(NOT {args[0]})"
    if op in _CALLS:
        return f"{_CALLS[op]}({', '.join(args)})"
    if op == "round":
        return f"round({args[0]}, CAST({args[1]} AS INTEGER))" if len(args) == 2 else f"round({args[0]})"
    if op == "ln":
        return f"ln(CASE WHEN {args[0]} > 0 THEN {args[0]} END)"
    if op == "sqrt":
        return f"sqrt(CASE WHEN {args[0]} >= 0 THEN {args[0]} END)"
    if op == "power":
        return _finite(f"pow({args[0]}, {args[1]})")
    if op == "exp":
        return _finite(f"exp({args[0]})")
    if op in ("greatest", "least"):
        missing = " OR ".join(f"{a} IS NULL" for a in args)
        return f"(CASE WHEN {missing} THEN NULL ELSE {op}({', '.join(args)}) END)"
    if op == "case":
        branches = "".join(
            f" WHEN {condition} IS NULL THEN NULL WHEN {condition} THEN {value}"
            for condition, value in zip(args[:-1:2], args[1::2], strict=True)
        )
        return f"(CASE{branches} ELSE {args[-1]} END)"
    if op in WINDOWS:
        return _window(term, args[0], leaves_out)
    raise AssertionError(op)


def _window(term: Term, arg: str, leaves_out: bool) -> str:
    over = "PARTITION BY " + ", ".join(column(k) for k in (PERIOD, *term.keys))
    if term.op == "rank":
        direction = "DESC" if term.value else "ASC"
        value = f"rank() OVER ({over} ORDER BY {arg} {direction} NULLS LAST)"
        whole = f"{arg} IS NOT NULL"
    else:
        value = f"{term.op}({arg}) OVER ({over})"
        whole = "TRUE"
    if not leaves_out and term.op != "count":
        whole = f"count({arg}) OVER ({over}) = count(*) OVER ({over})"
    for key in term.keys:
        # A place whose group is unknown could belong to any of them: none is complete then.
        known = f"{column(key)} IS NOT NULL"
        whole += f" AND {known}" if leaves_out else f" AND bool_and({known}) OVER (PARTITION BY {column(PERIOD)})"
    return value if whole == "TRUE" else f"(CASE WHEN {whole} THEN {value} END)"


def _finite(value: str) -> str:
    """Guard against NaN and infinity where they arise: in a comparison DuckDB takes NaN for the largest number."""
    return f"(CASE WHEN isfinite({value}) THEN {value} END)"


def _double(value: float) -> str:
    return f"'{value!r}'::DOUBLE"
