"""What a run orders to be paid: each row's settled amount once, to the fen, the right way round."""

from __future__ import annotations

import copy
import json
from math import fsum

import pytest

from tongchou.catalogue import built_in
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.units import factor
from tongchou.region import load as region
from tongchou.rules import rule as rules
from tongchou.rules.paying import End, movements
from tongchou.rules.run import content_hash, record
from tongchou.surfaces.computing import Asked, compute
from tongchou.surfaces.run_rows import distinct

PAYING = {id_: rule for id_, rule in built_in().rules.items() if rule.declared.pays is not None}


def run_of(id_: str) -> dict:
    result = compute(Asked(id_, region("taiyuan"), (), "ten_units")).result
    return record(result)


def test_the_rules_that_pay():
    assert {
        "fiscal.equalisation",
        "fiscal.equalisation_mof",
        "fiscal.grant",
        "compensation.zones",
        "compensation.netting",
        "compensation.line_project",
    } <= set(PAYING)


@pytest.mark.parametrize("id_", sorted(PAYING))
def test_movements_are_the_settled_column_to_the_fen(id_):
    result = compute(Asked(id_, region("taiyuan"), (), "ten_units")).result
    pays = PAYING[id_].declared.pays
    per_fen = factor(PAYING[id_].units()[pays.column], "分")
    rows = distinct(result, PAYING[id_].keys(pays.column))
    amounts = [float(result.values[pays.column][i]) * per_fen for i in rows]
    found = movements(record(result))
    assert len(found) == sum(1 for amount in amounts if round(amount))
    assert all(m.fen > 0 and m.payer != m.payee for m in found)
    forward = [m.fen if m.payee.kind == _kind(pays.payee) else -m.fen for m in found]
    assert sum(forward) == round(fsum(amounts))


def _kind(side) -> str:
    return "key" if side.key else "fund" if side.fund else "city"


def test_netting_comes_to_nothing_and_pays_both_ways():
    found = movements(run_of("compensation.netting"))
    to = sum(m.fen for m in found if m.payer.kind == "fund")
    back = sum(m.fen for m in found if m.payee.kind == "fund")
    assert to == back > 0


def test_a_rule_that_moves_no_money_orders_nothing():
    assert movements(run_of("fiscal.coverage")) == ()


def test_a_missing_amount_and_a_part_of_a_fen_keep_everything_from_being_paid():
    run = copy.deepcopy(run_of("fiscal.equalisation"))
    cells = run["steps"]["transfer"]["values"]
    cells[0], cells[1] = None, 100.005
    run["hash"] = content_hash(run)
    with pytest.raises(ProblemsError) as caught:
        movements(run)
    assert [p.code for p in caught.value.problems] == ["U066", "U067"]


def test_who_pays_whom():
    (one, *_) = movements(run_of("fiscal.equalisation"))
    assert one.payer == End("city")
    assert one.payee == End("key", one.place)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"column": "nothing"}, "nothing"),
        ({"column": "cost_factor_shown"}, "cost_factor_shown"),
        ({"payee": {"key": "industry"}}, "industry"),
        ({"payee": {"party": "city"}}, "payer = payee"),
    ],
)
def test_a_declaration_that_cannot_pay_is_refused(change, reason):
    data = json.loads(PAYING["fiscal.equalisation"].declared.model_dump_json())
    data["pays"] = {**data["pays"], **change}
    with pytest.raises(ProblemsError) as caught:
        rules.loads(json.dumps(data), "rule.yaml")
    assert [p.code for p in caught.value.problems] == ["U065"]
    assert reason in caught.value.problems[0].message.zh


def test_a_side_is_one_thing():
    data = json.loads(PAYING["fiscal.equalisation"].declared.model_dump_json())
    data["pays"]["payer"] = {"party": "city", "key": "county"}
    with pytest.raises(ProblemsError):
        rules.loads(json.dumps(data), "rule.yaml")
