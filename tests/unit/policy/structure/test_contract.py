"""The JSON contract: its schema, and the way there and back without loss."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.policy import model
from tongchou.policy.contract import from_dict, json_schema, to_dict
from tongchou.policy.spans import Span

SPANS = st.tuples(st.integers(0, 9**6), st.integers(0, 9**6)).map(lambda p: Span(*p))
WORDS = st.text(max_size=8)


st.register_type_strategy(Span, SPANS)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(Text, st.builds(Text, WORDS, WORDS))


VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@settings(max_examples=25, deadline=None)
@given(st.builds(model.Policy))
def test_any_policy_survives_the_way_through_json(policy: model.Policy) -> None:
    data = json.loads(json.dumps(to_dict(policy)))
    assert from_dict(data) == policy
    VALIDATOR.validate(data)


def test_the_schema_is_a_valid_one_and_refuses_what_it_does_not_know(builtin: model.Policy) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    data = to_dict(builtin)
    jsonschema.validate(data, schema)
    for spoiled in (
        {**data, "more": 1},
        {**data, "schema": "tongchou.policy/2"},
        {k: v for k, v in data.items() if k != "title"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoiled, schema)


def test_the_contract_has_every_key_of_the_issue(builtin: model.Policy) -> None:
    data = json.loads(json.dumps(to_dict(builtin)))
    assert next(iter(data)) == "schema"
    assert {"schema", "title", "number", "issuer", "issued", "effective", "clauses", "repairs", "findings"} <= set(data)
    clause = next(c for c in data["clauses"] if c["id"] == "2.8")
    keys = {"id", "number", "level", "kind", "heading", "text", "span", "duty", "commitments", "targets"}
    assert keys <= set(clause)
    assert {"name", "order", "role", "group", "expands_to"} <= set(clause["duty"]["parties"][0])
    dated = next(m for m in clause["commitments"] if m["deadline"] and m["deadline"]["by"])
    assert {"id", "text", "span", "places", "deadline", "quantities", "is_system"} <= set(dated)
    assert dated["deadline"] == {
        "text": "2020年底",
        "strength": "strive",
        "by": "2020-12-31",
        "span": dated["deadline"]["span"],
    }
    assert {"year", "text", "places"} <= set(next(c for c in data["clauses"] if c["targets"])["targets"][0])
    assert {"span", "before", "after", "kind", "evidence", "confidence"} <= set(data["repairs"][0])
    assert {"code", "clause", "message", "hint"} <= set(data["findings"][0])


@pytest.mark.parametrize("data", [None, [], {}, {"schema": "other"}])
def test_what_is_no_policy_is_refused(data: object) -> None:
    with pytest.raises(ProblemsError) as raised:
        from_dict(data)
    assert [p.code for p in raised.value.problems] == ["R901"]


def test_every_wrong_key_is_named_at_once(builtin: model.Policy) -> None:
    data = json.loads(json.dumps(to_dict(builtin)))
    data["issued"] = "yesterday"
    data["clauses"][0]["kind"] = "poem"
    data["clauses"][1]["span"] = [1]
    data["extra"] = 1
    del data["title"]
    with pytest.raises(ProblemsError) as raised:
        from_dict(data)
    where = {p.where for p in raised.value.problems}
    assert where == {"issued", "clauses[0].kind", "clauses[1].span", "extra", "title"}


def test_optional_keys_added_later_may_be_absent(builtin: model.Policy) -> None:
    data = json.loads(json.dumps(to_dict(builtin)))
    del data["attachments"]
    assert from_dict(data).attachments == ()
    assert from_dict(data).issued == date(2019, 10, 25)
