"""The terms of a formula: a small tree read from SQL text, and the table of what a formula may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.rules import codes

LONGEST = 1000
_WEIGHT = 100_000  # arguments that SQL has to repeat double with every level of nesting


_NULLS = re.compile(r"\bnulls\b", re.IGNORECASE)
_PLAIN = frozenset(("add", "subtract", "multiply", "divide", "negate", "convert", "and", "or", "not"))
_PLAIN |= {
    "equal",
    "unequal",
    "more",
    "at_least",
    "less",
    "at_most",
    "coalesce",
    "nullif",
    "abs",
    "round",
    "floor",
    "ceil",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term. ``op`` is a key of :data:`ALLOWED`, or number, name, parameter, convert.

    ``value`` is the number, the name, or the factor of a conversion; ``keys`` are the names a window is partitioned
    by; ``text`` is the term as written, for messages.
    """

    op: str
    args: tuple[Term, ...] = ()
    value: float | str | None = None
    keys: tuple[str, ...] = ()
    text: str = ""

    def weight(self) -> int:
        """Return about how many terms the SQL of this one has, where guards against missing numbers repeat it."""
        repeats = 1 if self.op in _PLAIN else 3
        return 1 + repeats * sum(arg.weight() for arg in self.args)

    def walk(self) -> Iterator[Term]:
        """Return this term and every term below it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


#: op -> (sqlglot class, how it is written)
ALLOWED: dict[str, tuple[type[exp.Expr], str]] = {
    "add": (exp.Add, "a + b"),
    "subtract": (exp.Sub, "a - b"),
    "multiply": (exp.Mul, "a * b"),
    "divide": (exp.Div, "a / b"),
    "negate": (exp.Neg, "-a"),
    "equal": (exp.EQ, "a = b"),
    "unequal": (exp.NEQ, "a <> b"),
    "more": (exp.GT, "a > b"),
    "at_least": (exp.GTE, "a >= b"),
    "less": (exp.LT, "a < b"),
    "at_most": (exp.LTE, "a <= b"),
    "and": (exp.And, "p and q"),
    "or": (exp.Or, "p or q"),
    "not": (exp.Not, "not p"),
    "case": (exp.Case, "case when p then a else b end"),
    "coalesce": (exp.Coalesce, "coalesce(a, b)"),
    "nullif": (exp.Nullif, "nullif(a, b)"),
    "greatest": (exp.Greatest, "greatest(a, b, …)"),
    "least": (exp.Least, "least(a, b, …)"),
    "abs": (exp.Abs, "abs(a)"),
    "round": (exp.Round, "round(a, n)"),
    "floor": (exp.Floor, "floor(a)"),
    "ceil": (exp.Ceil, "ceil(a)"),
    "ln": (exp.Ln, "ln(a)"),
    "exp": (exp.Exp, "exp(a)"),
    "power": (exp.Pow, "power(a, 2)"),
    "sqrt": (exp.Sqrt, "sqrt(a)"),
}
#: op -> (sqlglot class, how it is written): over all places of a period, or those alike in the names given
WINDOWS: dict[str, tuple[type[exp.Expr], str]] = {
    "sum": (exp.Sum, "sum(a) over ()"),
    "avg": (exp.Avg, "avg(a) over (partition by group)"),
    "min": (exp.Min, "min(a) over ()"),
    "max": (exp.Max, "max(a) over ()"),
    "count": (exp.Count, "count(a) over ()"),
    "stddev_pop": (exp.StddevPop, "stddev_pop(a) over ()"),
    "rank": (exp.Anonymous, "rank() over (order by a desc)"),
}
_BY_CLASS = {cls: op for op, (cls, _) in ALLOWED.items()}
_WINDOW_BY_CLASS = {cls: op for op, (cls, _) in WINDOWS.items() if op != "rank"}
_FIELDS = ("this", "expression", "expressions", "decimals")


class _RefusedError(Exception):
    def __init__(self, what: str, zh: str, en: str) -> None:
        super().__init__(what)
        self.what, self.way = what, Text(zh, en)


def parse(text: str, where: str, problems: list[Problem]) -> Term | None:
    """Read a formula (a SQL scalar expression, DuckDB dialect); a problem is added when it is not in the subset."""
    if len(text) > LONGEST:
        problems.append(
            codes.NOT_ALLOWED.at(
                where,
                what=Text(f"{len(text)} 个字符", f"{len(text)} characters"),
                way=Text(
                    f"拆成几列，每列不超过 {LONGEST} 个字符", f"split it into columns of at most {LONGEST} characters"
                ),
            )
        )
        return None
    try:
        if _NULLS.search(text):
            raise _RefusedError(
                "nulls", "缺数的排位由引擎决定，删去 nulls", "ranks of missing numbers are settled; drop nulls"
            )
        tree = sqlglot.parse_one(text, read="duckdb")
        term = _term(tree, in_window=False)
        if term.weight() > _WEIGHT:
            raise _RefusedError(text[:40], "嵌套太深，拆成几列", "nested too deeply; split it into columns")
        return term
    except _RefusedError as error:
        problems.append(codes.NOT_ALLOWED.at(where, what=error.what, way=error.way))
    except SqlglotError as error:
        found = getattr(error, "errors", None) or [{}]
        place = f"{found[0].get('description', 'unreadable')} … {found[0].get('highlight', '')}"
        problems.append(codes.SYNTAX.at(where, reason=f"{place}（{text}）"))
    except RecursionError:
        problems.append(
            codes.NOT_ALLOWED.at(
                where, what=Text("这么深的嵌套", "nesting this deep"), way=Text("拆成几列", "split it into columns")
            )
        )
    return None


def _term(node: exp.Expr, *, in_window: bool) -> Term:
    text = node.sql("duckdb")
    if isinstance(node, exp.Paren):
        return _term(node.this, in_window=in_window)
    if isinstance(node, exp.Literal):
        if node.is_string:
            raise _RefusedError(text, "只用数、名字和 $参数", "use numbers, names and $parameters only")
        return Term("number", value=float(node.this), text=text)
    if isinstance(node, exp.Column):
        if len(node.parts) != 1:
            raise _RefusedError(text, "只写数据或列的名字", "write the bare name of an input or column")
        return Term("name", value=node.name, text=text)
    if isinstance(node, (exp.Parameter, exp.Placeholder)):
        return Term("parameter", value=node.name or str(node.this), text=text)
    if isinstance(node, exp.Window):
        if in_window:
            raise _RefusedError(
                text, "窗口里不能再有窗口，里面的另设一列", "a window holds no window: make the inner one a column"
            )
        return _window(node, text)
    if isinstance(node, exp.Case):
        return _case(node, text, in_window)
    op = _BY_CLASS.get(type(node))
    if op is None:
        if type(node) in _WINDOW_BY_CLASS:
            raise _RefusedError(text, f"写明对什么汇总：{text} over ()", f"say over what: {text} over ()")
        raise _RefusedError(
            text, "可用的写法见 docs/rules.md", "see the table of what a formula may hold in docs/rules.md"
        )
    args: list[exp.Expr] = []
    for key, value in node.args.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, exp.Expr):
                if key not in _FIELDS:
                    raise _RefusedError(text, f"去掉 {part.sql('duckdb')}", f"leave out {part.sql('duckdb')}")
                args.append(part)
    return Term(op, tuple(_term(arg, in_window=in_window) for arg in args), text=text)


def _case(node: exp.Case, text: str, in_window: bool) -> Term:
    if node.this is not None:
        raise _RefusedError(text, "写成 case when … = … then … else … end", "write case when … = … then … else … end")
    if node.args.get("default") is None:
        raise _RefusedError(
            text,
            "case 要写 else，免得有的单位无声无息没有数",
            "a case needs an else, or some places silently get nothing",
        )
    parts: list[exp.Expr] = []
    for branch in node.args["ifs"]:
        parts += [branch.this, branch.args["true"]]
    parts.append(node.args["default"])
    return Term("case", tuple(_term(p, in_window=in_window) for p in parts), text=text)


def _window(node: exp.Window, text: str) -> Term:
    if node.args.get("spec") is not None or node.args.get("alias") is not None:
        raise _RefusedError(
            text, "只写 over () 或 over (partition by 名字)", "a window is over () or over (partition by name)"
        )
    keys = []
    for part in node.args.get("partition_by") or ():
        if not isinstance(part, exp.Column) or len(part.parts) != 1:
            raise _RefusedError(text, "partition by 之后只写名字", "partition by names only")
        keys.append(part.name)
    order = node.args.get("order")
    function = node.this
    name = function.name.lower() if isinstance(function, exp.Anonymous) else function.key
    if name == "rank":
        by = order.expressions if order is not None else []
        if len(by) != 1 or function.expressions:
            raise _RefusedError(text, "写成 rank() over (order by a desc)", "write rank() over (order by a desc)")
        descending = 1.0 if by[0].args.get("desc") else 0.0
        return Term("rank", (_term(by[0].this, in_window=True),), descending, tuple(keys), text)
    op = _WINDOW_BY_CLASS.get(type(function))
    if op is None:
        raise _RefusedError(text, f"窗口有：{'、'.join(WINDOWS)}", f"windows are: {', '.join(WINDOWS)}")
    if order is not None:
        raise _RefusedError(text, "只有 rank 有次序", "only rank has an order")
    if isinstance(function.this, exp.Expr) and not isinstance(function.this, (exp.Star, exp.Distinct)):
        return Term(op, (_term(function.this, in_window=True),), None, tuple(keys), text)
    raise _RefusedError(text, f"写成 {op}(名字)", f"write {op}(name)")
