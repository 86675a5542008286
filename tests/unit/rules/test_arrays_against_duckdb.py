"""The arrays give what the SQL gives: random formulas on random tables, DuckDB as the judge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tongchou.formulas.arrays import Frame
from tongchou.formulas.terms import WINDOWS, Term
from tongchou.rules import duck
from tongchou.rules.levels import undefined
from tongchou.rules.step import Step

NAN = float("nan")
NAMES = ("a", "b", "g", "h")
# Few and plain, so that equal values, zeros, halves and gaps meet often, and no sum hangs on its last digit.
VALUES = st.sampled_from([NAN, -2.5, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.25, 1e6])
GROUPS = st.sampled_from([NAN, 0.0, 1.0, 2.0])


def name(word: str) -> Term:
    return Term("name", value=word)


def number(value: float) -> Term:
    return Term("negate", (Term("number", value=-value),)) if value < 0 else Term("number", value=value)


LEAVES = st.one_of(
    st.sampled_from([name(word) for word in NAMES] + [Term("parameter", value="p")]),
    st.sampled_from([number(v) for v in (0.0, 0.5, 1.0, 2.0, 3.0)]),
)


def scalar(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    two = st.tuples(inner, inner)
    condition = st.builds(Term, st.sampled_from(["equal", "unequal", "more", "at_least", "less", "at_most"]), two)
    for _ in range(2):
        condition = st.one_of(
            condition,
            st.builds(lambda c: Term("not", (c,)), condition),
            st.builds(Term, st.sampled_from(["and", "or"]), st.tuples(condition, condition)),
        )
    return st.one_of(
        st.builds(Term, st.sampled_from(["add", "subtract", "multiply", "divide", "nullif", "coalesce"]), two),
        st.builds(Term, st.sampled_from(["greatest", "least", "coalesce"]), st.tuples(inner, inner, inner)),
        st.builds(lambda op, a: Term(op, (a,)), st.sampled_from(["negate", "abs", "floor", "ceil", "sqrt"]), inner),
        st.builds(lambda a: Term("convert", (a,), 0.25), inner),
        st.builds(lambda a, n: Term("power", (a, number(n))), inner, st.sampled_from([-1.0, 0.0, 0.5, 2.0])),
        st.builds(lambda c, a, b: Term("case", (c, a, b)), condition, inner, inner),
        st.builds(lambda c, a, d, b, e: Term("case", (c, a, d, b, e)), condition, inner, condition, inner, inner),
    )


def window(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    keys = st.sampled_from([(), (), ("g",), ("g", "h")])
    plain = st.sampled_from([op for op in WINDOWS if op != "rank"])
    return st.one_of(
        st.builds(lambda op, a, k: Term(op, (a,), None, k), plain, inner, keys),
        st.builds(lambda a, d, k: Term("rank", (a,), d, k), inner, st.sampled_from([0.0, 1.0]), keys),
    )


ONE = st.recursive(LEAVES, scalar, max_leaves=5)
FORMULAS = st.recursive(st.one_of(ONE, window(ONE)), scalar, max_leaves=6)
ROWS = st.lists(st.tuples(st.integers(0, 2), VALUES, VALUES, GROUPS, GROUPS, VALUES), min_size=1, max_size=14)


def step(term: Term, leaves_out: bool) -> Step:
    own = frozenset(p.value for p in term.walk() if p.op == "name")
    return Step("c", term, own, frozenset(), frozenset(), leaves_out, None)


def compare(term: Term, rows: list[tuple[int, float, float, float, float, float]], leaves_out: bool) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    period = np.unique([row[0] for row in rows], return_inverse=True)[1]
    held = np.array([row[1:] for row in rows], dtype=float)
    values = {key: held[:, i].copy() for i, key in enumerate((*NAMES, "$p"))}
    mine = Frame(period, values).column(term, leaves_out)
    theirs = duck.columns([step(term, leaves_out)], period, values)["c"]
    # A difference of nearly equal numbers keeps few digits on either side; measure against what went into it.
    scale = float(np.nanmax(np.abs(held), initial=1.0))
    np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12 * scale)


@settings(max_examples=250, deadline=None)
@given(FORMULAS, ROWS, st.booleans())
@example(Term("round", (name("a"), number(-1.0))), [(0, 15.0, 0.0, 0.0, 0.0, 0.0), (0, -25.0, 0, 0, 0, 0)], False)
@example(Term("round", (name("a"),)), [(0, 0.49999999999999994, 0, 0, 0, 0), (0, -2.5, 0, 0, 0, 0)], False)
@example(Term("round", (name("a"), number(2.0))), [(0, 1.005, 0, 0, 0, 0), (0, 1e306, 0, 0, 0, 0)], False)
@example(Term("ln", (name("a"),)), [(0, 0.0, 0, 0, 0, 0), (0, 2.0, 0, 0, 0, 0), (0, -1.0, 0, 0, 0, 0)], False)
@example(Term("exp", (name("a"),)), [(0, 1e6, 0, 0, 0, 0), (0, -2.5, 0, 0, 0, 0)], False)
@example(Term("stddev_pop", (name("a"),)), [(0, 0.1, 0, 0, 0, 0)] * 3, False)
def test_arrays_and_duckdb_agree(
    term: Term, rows: list[tuple[int, float, float, float, float, float]], leaves_out: bool
) -> None:
    compare(term, rows, leaves_out)


@settings(max_examples=100, deadline=None)
@given(FORMULAS, ROWS, st.booleans())
def test_sets_side_by_side_give_the_same_bits_as_one_after_the_other(
    term: Term, rows: list[tuple[int, float, float, float, float, float]], leaves_out: bool
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    period = np.unique([row[0] for row in rows], return_inverse=True)[1]
    held = np.array([row[1:] for row in rows], dtype=float)
    values = {key: held[:, i].copy() for i, key in enumerate((*NAMES, "$p"))}
    both = {"a": np.stack([values["a"], values["b"]]), "$p": np.array([[0.5], [2.0]])}
    both["g"] = np.stack([values["g"], values["h"]])
    together = np.broadcast_to(Frame(period, values | both).column(term, leaves_out), (2, len(rows)))
    for i in range(2):
        alone = values | {key: np.broadcast_to(many[i], len(rows)) for key, many in both.items()}
        np.testing.assert_array_equal(together[i], Frame(period, alone).column(term, leaves_out))


def test_equal_numbers_have_no_spread_though_their_mean_is_off_by_a_digit() -> None:
    frame = Frame(np.zeros(3, dtype=np.intp), {"a": np.array([0.1, 0.1, 0.1])})
    assert frame.column(Term("stddev_pop", (name("a"),)), False).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("leaves_out", [True, False])
def test_a_gap_blocks_its_own_group_or_itself_only(leaves_out: bool) -> None:
    frame = Frame(
        np.zeros(4, dtype=np.intp), {"a": np.array([1.0, NAN, 2.0, 0.0]), "g": np.array([0.0, 0.0, 1.0, 1.0])}
    )
    term = Term("divide", (number(1.0), Term("min", (name("a"),), None, ("g",))))
    one = Step("c", term, frozenset({"g"}), frozenset({("a", ("g",))}), frozenset(), leaves_out, None)
    found = frame.column(term, leaves_out)
    assert np.isnan(found).tolist() == [not leaves_out, not leaves_out, True, True]
    assert undefined(one, frame, found).tolist() == [False, False, True, True]


def test_no_rows_give_no_numbers() -> None:
    frame = Frame(np.zeros(0, dtype=np.intp), {"a": np.zeros(0), "g": np.zeros(0)})
    for op in WINDOWS:
        assert frame.column(Term(op, (name("a"),), 0.0, ("g",)), False).shape == (0,)
