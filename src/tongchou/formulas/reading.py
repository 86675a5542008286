"""Reading a formula: SQL text (a scalar expression in DuckDB's dialect) becomes terms; the rest is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tongchou.formulas import codes
from tongchou.formulas.terms import ALLOWED, WINDOWS, Term
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text

LONGEST = 1000
_WEIGHT = 100_000  # arguments that SQL has to repeat double with every level of nesting

_NULLS = re.compile(r"\bnulls\b", re.IGNORECASE)
_BY_CLASS = {getattr(exp, name): op for op, (name, _) in ALLOWED.items()}
_WINDOW_BY_CLASS = {getattr(exp, name): op for op, (name, _) in WINDOWS.items() if op != "rank"}
_FIELDS = ("this", "expression", "expressions", "decimals")


class RefusedError(Exception):
    """A part of a formula that is not in the subset, and the way out; ``prepare`` may raise it too."""

    def __init__(self, what: str, zh: str, en: str) -> None:
        super().__init__(what)
        self.what, self.way = what, Text(zh, en)


def parse(
    text: str, where: str, problems: list[Problem], prepare: Callable[[exp.Expr], exp.Expr] | None = None
) -> Term | None:
    """Read a formula (a SQL scalar expression, DuckDB dialect); a problem is added when it is not in the subset.

    ``prepare`` may first replace what its caller has a meaning for, such as words by the numbers of their codes.
    """
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
            raise RefusedError(
                "nulls", "缺数的排位由引擎决定，删去 nulls", "ranks of missing numbers are settled; drop nulls"
            )
        tree = _expression(text)
        term = _term(tree if prepare is None else prepare(tree), in_window=False)
        if term.weight() > _WEIGHT:
            raise RefusedError(text[:40], "嵌套太深，拆成几列", "nested too deeply; split it into columns")
        return term
    except RefusedError as error:
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


def _sql(node: exp.Expr) -> str:
    return node.sql("duckdb")


def _expression(text: str) -> exp.Expr:
    """Parse as what follows SELECT, so that a column may be called grant, which alone would begin a statement."""
    tree = sqlglot.parse_one(f"SELECT {text}", read="duckdb")
    found: list[exp.Expr] = list(tree.args.get("expressions") or ())
    others = [key for key, value in tree.args.items() if value and key != "expressions"]
    if not isinstance(tree, exp.Select) or len(found) != 1 or others or isinstance(found[0], exp.Alias):
        raise RefusedError(text[:40], "每列写一个表达式", "write one expression for a column")
    return found[0]


def _term(node: exp.Expr, *, in_window: bool) -> Term:
    if isinstance(node, exp.Paren):
        inner = _term(node.this, in_window=in_window)
        return replace(inner, text=f"({inner.text})")
    if isinstance(node, exp.Literal):
        if node.is_string:
            raise RefusedError(_sql(node), "只用数、名字和 $参数", "use numbers, names and $parameters only")
        return Term("number", value=float(node.this), text=str(node.this))
    if isinstance(node, exp.Column):
        if len(node.parts) != 1:
            raise RefusedError(_sql(node), "只写数据或列的名字", "write the bare name of an input or column")
        return Term("name", value=node.name, text=node.name)
    if isinstance(node, (exp.Parameter, exp.Placeholder)):
        name = node.name or str(node.this)
        return Term("parameter", value=name, text=f"${name}")
    if isinstance(node, exp.Window):
        if in_window:
            zh, en = "窗口里不能再有窗口，里面的另设一列", "a window holds no window: make the inner one a column"
            raise RefusedError(_sql(node), zh, en)
        return _window(node)
    if isinstance(node, exp.Case):
        return _case(node, in_window)
    op = _BY_CLASS.get(type(node))
    if op is None:
        text = _sql(node)
        if type(node) in _WINDOW_BY_CLASS:
            raise RefusedError(text, f"写明对什么汇总：{text} over ()", f"say over what: {text} over ()")
        raise RefusedError(
            text, "可用的写法见 docs/rules.md", "see the table of what a formula may hold in docs/rules.md"
        )
    args: list[exp.Expr] = []
    for key, value in node.args.items():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, exp.Expr):
                if key not in _FIELDS:
                    raise RefusedError(_sql(node), f"去掉 {_sql(part)}", f"leave out {_sql(part)}")
                args.append(part)
    terms = tuple(_term(arg, in_window=in_window) for arg in args)
    return Term(op, terms, text=_written(op, terms))


def _written(op: str, terms: tuple[Term, ...]) -> str:
    """Return an operation as it is written; for messages, so that sqlglot need not write out every part again."""
    form = ALLOWED[op][1].split()
    if len(form) == 3 and len(terms) == 2 and "(" not in form[0]:
        return f"{terms[0].text} {form[1]} {terms[1].text}"
    if op in ("negate", "not"):
        return f"{'-' if op == 'negate' else 'not '}{terms[0].text}"
    return f"{op}({', '.join(term.text for term in terms)})"


def _case(node: exp.Case, in_window: bool) -> Term:
    if node.this is not None:
        way = "case when … = … then … else … end"
        raise RefusedError(_sql(node), f"写成 {way}", f"write {way}")
    if node.args.get("default") is None:
        raise RefusedError(
            _sql(node),
            "case 要写 else，免得有的单位无声无息没有数",
            "a case needs an else, or some places silently get nothing",
        )
    parts: list[exp.Expr] = []
    for branch in node.args["ifs"]:
        parts += [branch.this, branch.args["true"]]
    parts.append(node.args["default"])
    terms = tuple(_term(p, in_window=in_window) for p in parts)
    branches = zip(terms[:-1:2], terms[1::2], strict=True)
    text = " ".join(f"when {condition.text} then {value.text}" for condition, value in branches)
    return Term("case", terms, text=f"case {text} else {terms[-1].text} end")


def _window(node: exp.Window) -> Term:
    if node.args.get("spec") is not None or node.args.get("alias") is not None:
        zh, en = "只写 over () 或 over (partition by 名字)", "a window is over () or over (partition by name)"
        raise RefusedError(_sql(node), zh, en)
    keys = []
    for part in node.args.get("partition_by") or ():
        if not isinstance(part, exp.Column) or len(part.parts) != 1:
            raise RefusedError(_sql(node), "partition by 之后只写名字", "partition by names only")
        keys.append(part.name)
    by_keys = f"partition by {', '.join(keys)}" if keys else ""
    order = node.args.get("order")
    function = node.this
    name = function.name.lower() if isinstance(function, exp.Anonymous) else function.key
    if name == "rank":
        by = order.expressions if order is not None else []
        if len(by) != 1 or function.expressions:
            way = "rank() over (order by a desc)"
            raise RefusedError(_sql(node), f"写成 {way}", f"write {way}")
        descending = 1.0 if by[0].args.get("desc") else 0.0
        ranked = _term(by[0].this, in_window=True)
        ordered = f"order by {ranked.text}{' desc' if descending else ''}"
        text = f"rank() over ({' '.join(filter(None, (by_keys, ordered)))})"
        return Term("rank", (ranked,), descending, tuple(keys), text)
    op = _WINDOW_BY_CLASS.get(type(function))
    if op is None:
        raise RefusedError(_sql(node), f"窗口有：{'、'.join(WINDOWS)}", f"windows are: {', '.join(WINDOWS)}")
    if order is not None:
        raise RefusedError(_sql(node), "只有 rank 有次序", "only rank has an order")
    if isinstance(function.this, exp.Expr) and not isinstance(function.this, (exp.Star, exp.Distinct)):
        inner = _term(function.this, in_window=True)
        return Term(op, (inner,), None, tuple(keys), f"{op}({inner.text}) over ({by_keys})")
    raise RefusedError(_sql(node), f"写成 {op}(名字)", f"write {op}(name)")
