"""The JSON of a policy as read, ``tongchou.policy/1``: to it, from it, and its JSON Schema.

Everything follows from the dataclasses of :mod:`tongchou.policy.model`: a field added there is in the JSON, in the
schema and checked on reading. Spans are ``[start, end]``, dates ISO 8601, bilingual text ``{"zh": …, "en": …}``.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.policy.finding_codes import NOT_A_POLICY
from tongchou.policy.model import SCHEMA, Policy
from tongchou.policy.spans import Span

_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def to_dict(policy: Policy) -> dict[str, Any]:
    """Return ``policy`` as the JSON object of the contract, ready for ``json.dumps``."""
    return {"schema": SCHEMA, **_encoder(Policy)(policy)}


def from_dict(data: object) -> Policy:
    """Return the policy that :func:`to_dict` made ``data`` from.

    Raises :class:`ProblemsError` naming every key that is missing, unknown or of the wrong kind.
    """
    problems: list[tuple[str, str]] = []
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        problems.append(("schema", SCHEMA))
    else:
        policy = _decode(Policy, {k: v for k, v in data.items() if k != "schema"}, "", problems)
        if not problems and isinstance(policy, Policy):
            return policy
    raise ProblemsError(NOT_A_POLICY.at(where or "policy", expected=expected) for where, expected in problems)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the contract; unknown keys are refused."""
    definitions: dict[str, Any] = {}
    root = _schema_of_class(Policy, definitions)
    root["properties"] = {"schema": {"const": SCHEMA}, **root["properties"]}
    root["required"] = ["schema", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": SCHEMA,
        "description": (Policy.__doc__ or "") + " Spans count Unicode code points of `text`; `source_span` counts "
        "those of the decoded source.",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


@lru_cache(maxsize=64)
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


@lru_cache(maxsize=64)
def _encoder(cls: Any) -> Callable[[Any], Any]:
    """Return the function that makes JSON of a value declared as ``cls``."""
    if cls is Span:
        return list
    if cls is date:
        return date.isoformat
    if isinstance(cls, type) and issubclass(cls, Enum):
        return lambda value: value.value
    if is_dataclass(cls) and isinstance(cls, type):
        parts = [(f.name, _encoder(_hints(cls)[f.name])) for f in fields(cls)]
        return lambda value: {name: encode(getattr(value, name)) for name, encode in parts}
    if get_origin(cls) is tuple:
        encode_item = _encoder(get_args(cls)[0])
        return lambda value: [encode_item(item) for item in value]
    if (inner := _inner(cls)) is not None:
        encode_inner = _encoder(inner)
        return lambda value: None if value is None else encode_inner(value)
    return lambda value: value


def _inner(cls: Any) -> Any:
    """Return ``X`` of ``X | None``, or ``None`` for anything else."""
    if get_origin(cls) in (Union, types.UnionType):
        return next(a for a in get_args(cls) if a is not type(None))
    return None


def _decode(cls: Any, value: Any, where: str, problems: list[tuple[str, str]]) -> Any:
    inner = _inner(cls)
    if inner is not None:
        return None if value is None else _decode(inner, value, where, problems)
    if cls is Span:
        if isinstance(value, list) and len(value) == 2 and all(type(v) is int and v >= 0 for v in value):
            return Span(*value)
        return problems.append((where, "[start, end]"))
    if get_origin(cls) is tuple:
        if not isinstance(value, list):
            return problems.append((where, "array"))
        item = get_args(cls)[0]
        return tuple(_decode(item, v, f"{where}[{i}]", problems) for i, v in enumerate(value))
    if is_dataclass(cls) and isinstance(cls, type):
        return _decode_class(cls, value, where, problems)
    return _decode_scalar(cls, value, where, problems)


def _decode_class(cls: Any, value: Any, where: str, problems: list[tuple[str, str]]) -> Any:
    if not isinstance(value, dict):
        return problems.append((where, "object"))
    dot = f"{where}." if where else ""
    known = {f.name: f for f in fields(cls)}
    before = len(problems)
    problems.extend((f"{dot}{name}", "—") for name in value if name not in known)
    given: dict[str, Any] = {}
    for name, field in known.items():
        if name in value:
            given[name] = _decode(_hints(cls)[name], value[name], f"{dot}{name}", problems)
        elif field.default is MISSING:
            problems.append((f"{dot}{name}", "required"))
    return cls(**given) if len(problems) == before else None


def _decode_scalar(cls: Any, value: Any, where: str, problems: list[tuple[str, str]]) -> Any:
    try:
        if get_origin(cls) is Literal:
            if value in get_args(cls):
                return value
        elif cls is date:
            if isinstance(value, str):
                return date.fromisoformat(value)
        elif issubclass(cls, Enum):
            return cls(value)
        elif cls is float:
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
        elif type(value) is cls:
            return value
    except ValueError:
        pass
    return problems.append((where, _expected(cls)))


def _expected(cls: Any) -> str:
    if get_origin(cls) is Literal:
        return " | ".join(map(str, get_args(cls)))
    if cls is date:
        return "YYYY-MM-DD"
    if issubclass(cls, Enum):
        return " | ".join(m.value for m in cls)
    return _JSON_TYPES[cls]


def _schema(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    inner = _inner(cls)
    if inner is not None:
        return {"anyOf": [_schema(inner, definitions), {"type": "null"}]}
    if cls is Span:
        item = {"type": "integer", "minimum": 0}
        return {"type": "array", "items": item, "minItems": 2, "maxItems": 2}
    if cls is date:
        return {"type": "string", "format": "date"}
    if get_origin(cls) is tuple:
        return {"type": "array", "items": _schema(get_args(cls)[0], definitions)}
    if get_origin(cls) is Literal:
        return {"enum": list(get_args(cls))}
    if is_dataclass(cls) and isinstance(cls, type):
        name = cls.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _schema_of_class(cls, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if issubclass(cls, Enum):
        return {"type": "string", "enum": [m.value for m in cls]}
    return {"type": _JSON_TYPES[cls]}


def _schema_of_class(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if not is_dataclass(cls):
        raise TypeError(cls)
    return {
        "type": "object",
        "description": "Chinese and English." if cls is Text else (cls.__doc__ or "").replace("``", "`"),
        "properties": {f.name: _schema(_hints(cls)[f.name], definitions) for f in fields(cls)},
        "required": [f.name for f in fields(cls)],
        "additionalProperties": False,
    }
