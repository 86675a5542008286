"""The formulas of a rule as Spark SQL, from the same terms: for reading, and for tables that live in a cluster.

Amounts are as before settling: sums on a cluster come in no fixed order, so money is closed by the engine itself
(:mod:`tongchou.rules.spark`), never by SQL.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from tongchou.rules import sql
from tongchou.rules.rule import Rule


def spark_sql(rule: Rule, source: str) -> str:
    """Return one SELECT for a relation with the rule's inputs, ``$parameters``, row keys and ``#period``, gaps NULL.

    Every column that needs no settled amount and no algorithm is computed; gaps stay NULL, and so does what is
    undefined. Raises ``ValueError`` for a rule whose columns all come from an algorithm.
    """
    held: set[str] = {name for name, column in rule.declared.columns.items() if column.formula is None}
    steps = []
    for step in rule.steps:
        if step.names & held:
            held.add(step.name)
            continue
        steps.append(step)
        if step.closing is not None:
            held.add(step.name)
    if not steps:
        raise ValueError(f"{rule.id} has no formulas of its own")
    text = f"SELECT * FROM {source}"  # noqa: S608 - names are checked identifiers
    for step in steps:
        raw = sql.expression(step.term, step.leaves_out)
        name, before = sql.column(step.name), sql.column(f"#{step.name}")
        text = f"SELECT *, {raw} AS {before} FROM ({text})"  # noqa: S608
        text = f"SELECT *, CASE WHEN isfinite({before}) THEN CAST({before} AS DOUBLE) END AS {name} FROM ({text})"  # noqa: S608
    tree = sqlglot.parse_one(text, read="duckdb").transform(_finite)
    return tree.sql(dialect="spark", pretty=True)


def _finite(node: exp.Expr) -> exp.Expr:
    """Spark has no isfinite: neither NaN nor beyond the largest number."""
    if isinstance(node, exp.Anonymous) and node.name.lower() == "isfinite":
        value = node.expressions[0].sql("duckdb")
        return sqlglot.parse_one(f"(NOT isnan({value}) AND abs({value}) < '1.8e308'::DOUBLE)", read="duckdb")
    return node
