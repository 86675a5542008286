"""What programs need to know of a register: the JSON Schema of its file and of one row."""

from __future__ import annotations

from typing import Any

from tongchou.region.tables import NOT_APPLICABLE
from tongchou.registers.declaration import NUMERIC, Declaration, RegisterField
from tongchou.registers.register import Register

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PATTERNS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "partial_date": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "month": r"^\d{4}-\d{2}$",
}


def register_file() -> dict[str, Any]:
    """Return the JSON Schema of a register file, for editors that complete and check YAML."""
    return {"$schema": _DIALECT, "$id": "tongchou.register/1", **Declaration.model_json_schema(by_alias=True)}


def row(register: Register) -> dict[str, Any]:
    """Return the JSON Schema of one row as kept: fields, place, geometry and yearly values; derived ones are absent."""
    declared = register.declared
    properties = {name: field(item) for name, item in declared.typed().items()}
    required = [name for name, item in declared.typed().items() if item.required and not item.when]
    values = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    yearly = {name: field(item) for name, item in declared.yearly.items()}
    found: dict[str, Any] = {"state": {"enum": list(declared.states)}, "values": values}
    needed = ["values"]
    if declared.place.kind != "none":
        found["place"] = {"type": "string", "minLength": 1}
        needed += ["place"] if declared.place.required else []
    if declared.place.kind in ("point", "polygon"):
        found["geometry"] = {
            "type": ["object", "null"],
            "properties": {"type": {"const": declared.place.kind.capitalize()}, "coordinates": {"type": "array"}},
            "x-crs": declared.place.crs,
        }
    if yearly:
        of_year = {"type": "object", "properties": yearly, "additionalProperties": False}
        found["yearly"] = {"type": "object", "patternProperties": {r"^\d{4}$": of_year}, "additionalProperties": False}
    return {
        "$schema": _DIALECT,
        "$id": f"tongchou.register-row/{register.id}",
        "title": declared.title.zh,
        "description": declared.title.en,
        "type": "object",
        "properties": found,
        "required": needed,
        "additionalProperties": False,
    }


def field(item: RegisterField) -> dict[str, Any]:
    """Return the JSON Schema of one value as kept."""
    one = _one(item)
    found: dict[str, Any] = {"type": "array", "items": one, "uniqueItems": True} if item.many else one
    found |= {"title": item.label.zh, "description": item.label.en}
    if item.unit is not None:
        found["x-unit"] = item.unit
    if item.personal:
        found["x-personal"] = True
    return found


def _one(item: RegisterField) -> dict[str, Any]:
    if item.kind in NUMERIC:
        number: dict[str, Any] = {"type": "integer" if item.kind == "integer" else "number"}
        if item.at_least is not None:
            number["minimum"] = item.at_least
        if item.at_most is not None:
            number["maximum"] = item.at_most
        return {"anyOf": [number, {"const": NOT_APPLICABLE}]}
    if item.kind == "flag":
        return {"type": "boolean"}
    if item.kind == "year":
        return {"type": "integer", "minimum": 1900, "maximum": 2200}
    if item.choices is not None:
        return {"enum": list(item.choices)}
    found: dict[str, Any] = {"type": "string", "minLength": 1}
    if pattern := _PATTERNS.get(item.kind) or (f"^(?:{item.pattern})$" if item.pattern else None):
        found["pattern"] = pattern
    if item.longest is not None:
        found["maxLength"] = item.longest
    return found
