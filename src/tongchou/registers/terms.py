"""Formulas over the fields of a row: words of choices and states become numbers, ``is null`` a test.

Numbers stand in the unit of their field, flags are 0 or 1, days are counted in 天 from 1970-01-01, a date known to the
month or year only counts as its last day. Years have no unit. Of a yearly value ``name`` is that of the year looked
at, ``previous_name`` that of the year before and ``total_name`` the sum up to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

from tongchou.formulas import dimensions
from tongchou.formulas.reading import RefusedError, parse
from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.problems import Problem
from tongchou.registers import codes
from tongchou.registers.declaration import DATED, NUMERIC, Declaration, RegisterField

DAY = "天"
#: Names every formula may use beside the fields: the day asked about, its year, the year of yearly values, how many
#: days the row has been in its state, by how many a cycle or a promised date is overdue (0 or less where it is not).
ALWAYS = {"today": DAY, "this_year": "1", "in_state": DAY}
YEARLY = ("", "previous_", "total_")
NULL = "#missing "  # no declared name can hold a #


def unit_of(field: RegisterField) -> str | None:
    """Return the unit of a field in formulas, or ``None`` where it has no number."""
    if field.many:
        return None
    if field.kind in NUMERIC:
        return field.unit or "1"
    if field.kind in DATED:
        return DAY
    return "1" if field.kind in ("year", "flag", "choice") else None


def units(declared: Declaration) -> dict[str, str]:
    """Return the unit of every name a formula of this register may use, parameters under ``$name``."""
    found = dict(ALWAYS)
    if declared.yearly:
        found["year"] = "1"
    if declared.cycle is not None:
        found |= {"overdue_days": DAY}
    if declared.stages is not None:
        found |= {"late_days": DAY}
    found["state"] = "1"
    for name, field in declared.fields.items():
        if (unit := unit_of(field)) is not None:
            found[name] = unit
    for name, field in declared.yearly.items():
        found |= {f"{before}{name}": field.unit or "1" for before in YEARLY}
    return found | {f"${name}": item.unit for name, item in declared.parameters.items()}


def word_codes(declared: Declaration) -> dict[str, dict[str, int]]:
    """Return the number each word of a choice (and each state) has in formulas."""
    found = {"state": {code: i for i, code in enumerate(declared.states)}}
    for name, field in declared.fields.items():
        if field.kind == "choice" and not field.many and field.choices is not None:
            found[name] = {code: i for i, code in enumerate(field.choices)}
    return found


def read(
    declared: Declaration, text: str, where: str, problems: list[Problem], *, unit: str | None = None
) -> Term | None:
    """Return a formula fitted to ``unit``, or a condition where there is none; problems are added to the list."""
    known = units(declared)
    names = {*declared.fields, *declared.yearly, *known}
    term = parse(text, where, problems, _preparing(word_codes(declared), names))
    if term is None:
        return None
    good = True
    for part in term.walk():
        if part.op in WINDOWS:
            problems.append(codes.UNFIT.at(where, name=part.text, reason="over ()"))
            good = False
        name = f"${part.value}" if part.op == "parameter" else str(part.value)
        if part.op in ("name", "parameter") and name not in known and not name.startswith(NULL):
            told = "、".join(n for n in known if n not in ALWAYS)
            problems.append(codes.UNKNOWN_NAME.at(where, name=name, known=told))
            good = False
    if not good:
        return None
    with_tests = {**known, **{f"{NULL}{name}": "1" for name in names}}
    if unit is None:
        return dimensions.fit_condition(term, with_tests, where, problems)
    return dimensions.fit(term, with_tests, unit, where, problems)


def mentioned(term: Term) -> set[str]:
    """Return the names a formula looks at; a test for ``null`` looks at its field."""
    return {str(part.value).removeprefix(NULL) for part in term.walk() if part.op == "name"}


def _preparing(words: Mapping[str, Mapping[str, int]], names: set[str]) -> Callable[[exp.Expr], exp.Expr]:
    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.In):
            return _one_of(node, words)
        if isinstance(node, exp.Is):
            return _is_null(node, names)
        if (
            isinstance(node, (exp.EQ, exp.NEQ))
            and isinstance(node.expression, exp.Literal)
            and node.expression.is_string
        ):
            return type(node)(this=node.this, expression=_number(node.this, node.expression.this, words))
        return node

    def prepare(tree: exp.Expr) -> exp.Expr:
        found: exp.Expr = tree.transform(replaced)
        return found

    return prepare


def _number(column: exp.Expr, word: str, words: Mapping[str, Mapping[str, int]]) -> exp.Expr:
    known = words.get(column.name if isinstance(column, exp.Column) else "", {})
    if word not in known:
        told = "、".join(known) or "—"
        raise RefusedError(f"'{word}'", f"可用：{told}", f"use one of: {told}")
    found: exp.Expr = exp.Literal.number(known[word])
    return found


def _one_of(node: exp.In, words: Mapping[str, Mapping[str, int]]) -> exp.Expr:
    tests = [
        exp.EQ(this=node.this.copy(), expression=_number(node.this, item.name, words)) for item in node.expressions
    ]
    if not tests:
        raise RefusedError("in", "写成 in ('a', 'b')", "write in ('a', 'b')")
    found: exp.Expr = tests[0]
    for test in tests[1:]:
        found = exp.Or(this=found, expression=test)
    return exp.Paren(this=found)


def _is_null(node: exp.Is, names: set[str]) -> exp.Expr:
    column = node.this
    if not isinstance(column, exp.Column) or not isinstance(node.expression, exp.Null) or column.name not in names:
        raise RefusedError(node.sql("duckdb"), "写成 字段 is null", "write field is null")
    test = exp.column(f"{NULL}{column.name}", quoted=True)
    return exp.EQ(this=test, expression=exp.Literal.number(1))
