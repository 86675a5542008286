"""A reader of Data Packages written from the specification: descriptor, Table Schema, keys, hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

_NAME = re.compile(r"^[a-z0-9._/-]+$")
_TYPES: dict[str, Callable[[str], Any]] = {"string": str, "number": float, "integer": int}


def read_package(data: bytes) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]], list[str]]:
    """Return descriptor, rows by resource, and everything that is not as the specification says."""
    faults: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
        if not _NAME.match(descriptor.get("name", "")):
            faults.append("name")
        if not descriptor.get("resources"):
            faults.append("no resources")
        rows = {}
        names = [r["name"] for r in descriptor["resources"]]
        if len(set(names)) != len(names):
            faults.append("resource names")
        for resource in descriptor["resources"]:
            path = resource["path"]
            if path.startswith("/") or ".." in path or not _NAME.match(resource["name"]):
                faults.append(f"path {path}")
            rows[resource["name"]] = _rows(resource, archive.read(path), faults)
    for resource in descriptor["resources"]:
        _references(resource, rows, faults)
    return descriptor, rows, faults


def _rows(resource: dict[str, Any], data: bytes, faults: list[str]) -> list[dict[str, Any]]:
    name, schema = resource["name"], resource["schema"]
    if resource["bytes"] != len(data) or resource["hash"] != f"sha256:{hashlib.sha256(data).hexdigest()}":
        faults.append(f"{name}: bytes or hash")
    reader = csv.reader(io.StringIO(data.decode(resource["encoding"])))
    fields = schema["fields"]
    if next(reader) != [f["name"] for f in fields]:
        faults.append(f"{name}: header")
    rows = [_row(name, line, record, schema, faults) for line, record in enumerate(reader, 2)]
    key = schema["primaryKey"]
    if len({tuple(r[k] for k in key) for r in rows}) != len(rows):
        faults.append(f"{name}: primary key")
    for field in fields:
        held = [r[field["name"]] for r in rows if r[field["name"]] is not None]
        if field.get("constraints", {}).get("unique") and len(set(held)) != len(held):
            faults.append(f"{name}.{field['name']}: unique")
    return rows


def _row(name: str, line: int, record: list[str], schema: dict[str, Any], faults: list[str]) -> dict[str, Any]:
    at = f"{name}:{line}"
    if len(record) != len(schema["fields"]):
        faults.append(f"{at}: cells")
    row = {}
    for field, text in zip(schema["fields"], record, strict=False):
        limits = field.get("constraints", {})
        if text in schema["missingValues"]:
            row[field["name"]] = None
            if limits.get("required"):
                faults.append(f"{at}.{field['name']}: required")
            continue
        try:
            value = _TYPES[field["type"]](text)
        except ValueError:
            faults.append(f"{at}.{field['name']}: {text!r} is no {field['type']}")
            continue
        row[field["name"]] = value
        if "enum" in limits and text not in limits["enum"]:
            faults.append(f"{at}.{field['name']}: {text!r} not in enum")
        if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
            faults.append(f"{at}.{field['name']}: pattern")
        if ("minimum" in limits and value < limits["minimum"]) or ("maximum" in limits and value > limits["maximum"]):
            faults.append(f"{at}.{field['name']}: bounds")
    return row


def _references(resource: dict[str, Any], rows: dict[str, list[dict[str, Any]]], faults: list[str]) -> None:
    for key in resource["schema"].get("foreignKeys", []):
        target = key["reference"]
        known = {r[target["fields"]] for r in rows[target["resource"]]}
        missing = {r[key["fields"]] for r in rows[resource["name"]]} - known - {None}
        if missing:
            faults.append(f"{resource['name']}.{key['fields']}: {sorted(missing)[:5]} not in {target['resource']}")
