"""What programs need to know of a rule: the JSON Schema of its file, of what it takes, and an OpenAPI fragment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tongchou.rules.declaration import Declaration
from tongchou.rules.rule import Rule

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PERIOD = r"^\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?(/\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?)?$"


def rule_file() -> dict[str, Any]:
    """Return the JSON Schema of a rule file, for editors that complete and check YAML."""
    return {"$schema": _DIALECT, "$id": "tongchou.rule/1", **Declaration.model_json_schema()}


def inputs(rule: Rule) -> dict[str, Any]:
    """Return the JSON Schema of what a rule takes: rows of figures and values for its parameters."""
    declared = rule.declared
    row: dict[str, Any] = {key: {"type": "string", "minLength": 1} for key in rule.rows}
    row["period"] = {"type": "string", "pattern": _PERIOD}
    for name, item in declared.inputs.items():
        row[name] = _number(item.label.zh, item.label.en, item.unit, item.at_least, item.at_most, null=True)
        if item.codes is not None:
            row[name] = {**row[name], "enum": [*item.codes, None]}
    values: dict[str, Any] = {}
    for name, parameter in declared.parameters.items():
        number = _number(
            parameter.label.zh, parameter.label.en, parameter.unit, parameter.at_least, parameter.at_most, null=False
        )
        values[name] = number if parameter.by is None else {"type": "object", "additionalProperties": number}
    return {
        "$schema": _DIALECT,
        "$id": f"tongchou.inputs/{rule.id}",
        "title": declared.title.zh,
        "description": declared.title.en,
        "type": "object",
        "properties": {
            "rows": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": row,
                    "required": [*rule.rows, "period"],
                    "additionalProperties": False,
                },
            },
            "parameters": {"type": "object", "properties": values, "additionalProperties": False},
        },
        "required": ["rows"],
        "additionalProperties": False,
    }


def openapi(rules: Iterable[Rule]) -> dict[str, Any]:
    """Return an OpenAPI 3.1 fragment: one operation for each rule, which takes its inputs and returns a run."""
    paths: dict[str, Any] = {}
    for rule in rules:
        schema = {key: value for key, value in inputs(rule).items() if key not in ("$schema", "$id")}
        title = rule.declared.title
        paths[f"/rules/{rule.id}/runs"] = {
            "post": {
                "operationId": f"compute_{rule.id.replace('.', '_')}",
                "summary": f"{title.zh} {title.en}",
                "tags": [rule.declared.system],
                "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
                "responses": {
                    "200": {"description": "tongchou.run/1", "content": {"application/json": {"schema": _RUN}}},
                    "422": {"description": "problems", "content": {"application/json": {"schema": _PROBLEMS}}},
                },
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tongchou rules", "version": "1"},
        "paths": paths,
        "components": {"schemas": {"Run": run()}},
    }


_RUN = {"$ref": "#/components/schemas/Run"}
_TEXT = {"type": "string"}
_PROBLEMS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": dict.fromkeys(("code", "where", "message", "hint", "severity"), _TEXT),
        "required": ["code", "where", "message", "hint", "severity"],
    },
}
_NUMBER_OR_NONE = {"type": ["number", "null"]}
_LEVEL = {"enum": [None, "illustrative", "assumed", "derived", "reported", "official"]}


def run() -> dict[str, Any]:
    """Return the JSON Schema of a run record, ``tongchou.run/1``."""
    cells = {
        "type": "object",
        "properties": {
            "values": {"type": "array", "items": _NUMBER_OR_NONE},
            "status": {"type": "array", "items": _LEVEL},
            "sources": {"type": "array", "items": _TEXT},
        },
        "required": ["values", "status"],
        "additionalProperties": False,
    }
    table = {"type": "object", "additionalProperties": {"type": "number"}}
    dated = {
        "type": "object",
        "properties": {
            "from": {"type": "string", "format": "date"},
            "value": {"anyOf": [{"type": "number"}, table]},
            "source": {"type": "object", "properties": {"zh": _TEXT, "en": _TEXT}, "required": ["zh", "en"]},
            "paper": _TEXT,
            "assumed": {"type": "boolean"},
            "set_by": _TEXT,
        },
        "required": ["from", "value", "source", "paper", "assumed", "set_by"],
        "additionalProperties": False,
    }
    by_period = {"type": "object", "additionalProperties": dated}
    note = {
        "type": "object",
        "properties": {
            "period": _TEXT,
            "name": _TEXT,
            "value": {"anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}}]},
            "zh": _TEXT,
            "en": _TEXT,
        },
        "required": ["period", "name", "value", "zh", "en"],
    }
    properties: dict[str, Any] = {
        "schema": {"const": "tongchou.run/1"},
        "engine": _TEXT,
        "rule": {
            "type": "object",
            "properties": {"id": _TEXT, "digest": _TEXT, "declaration": {"type": "object"}},
            "required": ["id", "digest", "declaration"],
        },
        "places": {"type": "array", "items": _TEXT},
        "periods": {"type": "array", "items": _TEXT},
        "inputs": {"type": "object", "additionalProperties": cells},
        "parameters": {"type": "object", "additionalProperties": by_period},
        "steps": {"type": "object", "additionalProperties": cells},
        "replaced": {"type": "object", "additionalProperties": {"type": "array", "items": dated}},
        "notes": {"type": "array", "items": note},
        "told": {"type": "integer", "minimum": 0},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": dict.fromkeys(("code", "where", "zh", "en", "severity"), _TEXT),
                "required": ["code", "where", "zh", "en", "severity"],
            },
        },
        "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _number(zh: str, en: str, unit: str, low: float | None, high: float | None, *, null: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": ["number", "null"] if null else "number",
        "title": zh,
        "description": en,
        "x-unit": unit,
    }
    if low is not None:
        found["minimum"] = low
    if high is not None:
        found["maximum"] = high
    return found
