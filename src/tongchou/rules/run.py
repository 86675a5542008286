"""A run: the immutable record of one computation, which anyone can replay to the same hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from tongchou import __version__
from tongchou.kernel.declared import Words
from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules import rule as rules
from tongchou.rules.evaluate import Result, evaluate
from tongchou.rules.parameters import Dated, Parameters
from tongchou.rules.table import Levels, Numbers, table

SCHEMA = "tongchou.run/1"


def record(result: Result) -> dict[str, Any]:
    """Return the run of ``result`` as plain JSON data, its rows in the order of period and place code.

    It holds the whole declaration, every input with status and source, every parameter in force with its paper,
    every step and problem, and under ``hash`` the SHA-256 of all of that as canonical JSON.
    """
    held = result.table
    order = sorted(range(len(held)), key=lambda i: (held.periods[i], held.places[i]))
    rows = np.array(order, dtype=np.intp)
    words = [None, *(status.word for status in sorted(Status))]
    declared = result.rule.declared

    def cells(values: Numbers, status: Levels, sources: tuple[str, ...] | None = None) -> dict[str, Any]:
        gaps = np.isnan(values[rows]).tolist()
        numbers = (values[rows] + 0.0).tolist()  # adding 0.0 makes −0.0 plain zero, which JSON would tell apart
        levels = status[rows].tolist()
        shown: dict[str, Any] = {
            "values": [None if gap else value for gap, value in zip(gaps, numbers, strict=True)],
            "status": [None if gap else words[level] for gap, level in zip(gaps, levels, strict=True)],
        }
        if sources is not None:
            shown["sources"] = [sources[i] for i in order]
        return shown

    run: dict[str, Any] = {
        "schema": SCHEMA,
        "engine": __version__,
        "rule": {"id": declared.id, "digest": result.rule.digest, "declaration": declared.model_dump(mode="json")},
        "places": [held.places[i] for i in order],
        "periods": [held.periods[i] for i in order],
        "inputs": {n: cells(held.values[n], held.status[n], held.sources.get(n)) for n in declared.inputs},
        "parameters": {
            name: {period: _dated(value) for period, value in by_period.items()}
            for name, by_period in result.parameters.items()
        },
        "steps": {name: cells(result.values[name], result.status[name]) for name in declared.columns},
        "replaced": {name: [_dated(value) for value in values] for name, values in result.replaced.items()},
        "notes": [
            {
                "period": n.period,
                "name": n.name,
                "value": list(n.value) if isinstance(n.value, tuple) else n.value,
                "zh": n.words.zh,
                "en": n.words.en,
            }
            for n in result.notes
        ],
        "told": len(result.table.problems),
        "problems": [
            {"code": p.code, "where": p.where, "zh": p.message.zh, "en": p.message.en, "severity": p.severity}
            for p in result.problems
        ],
    }
    run["hash"] = content_hash(run)
    return run


def content_hash(run: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a run without its own ``hash``, as canonical JSON (sorted keys, no spaces, UTF-8)."""
    rest = {key: value for key, value in run.items() if key != "hash"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def replay(run: Mapping[str, Any]) -> dict[str, Any]:
    """Compute a run again from what it records; raise :class:`ProblemsError` when it was altered or is not a run.

    The new run has the same ``hash`` when the engine gives the same numbers.
    """
    return record(result_of(run))


def result_of(run: Mapping[str, Any]) -> Result:
    """Compute the result a run recorded, as :func:`replay` does; raises as it does."""
    if run.get("schema") != SCHEMA:
        raise ProblemsError([codes.NOT_A_RUN.at("schema", found=str(run.get("schema")), expected=SCHEMA)])
    if content_hash(run) != run.get("hash"):
        raise ProblemsError([codes.ALTERED.at("hash", found=str(run.get("hash"))[:12])])
    rule = rules.loads(json.dumps(run["rule"]["declaration"], ensure_ascii=False), "run")
    inputs = run["inputs"]
    figures = table(
        run["places"],
        run["periods"],
        {name: [np.nan if v is None else v for v in cells["values"]] for name, cells in inputs.items()},
        {name: [Status.ASSUMED if w is None else Status.parse(w) for w in c["status"]] for name, c in inputs.items()},
        {name: cells["sources"] for name, cells in inputs.items() if "sources" in cells},
        [
            Problem(p["code"], p["where"], Text(p["zh"], p["en"]), Text("", ""), p["severity"])
            for p in run["problems"][: run["told"]]
        ],
    )
    values = {name: _distinct(by_period.values()) for name, by_period in run["parameters"].items()}
    replaced = {name: tuple(_read(v) for v in values_) for name, values_ in run["replaced"].items()}
    return evaluate(rule, figures, Parameters(rule.id, values, replaced))


def _distinct(values: Any) -> tuple[Dated, ...]:
    return tuple(sorted({_read(v).start: _read(v) for v in values}.values(), key=lambda d: d.start))


def _dated(value: Dated) -> dict[str, Any]:
    return {
        "from": value.start.isoformat(),
        "value": dict(value.value) if isinstance(value.value, Mapping) else value.value,
        "source": {"zh": value.source.zh, "en": value.source.en},
        "paper": value.paper,
        "assumed": value.assumed,
        "set_by": value.set_by,
    }


def _read(value: Mapping[str, Any]) -> Dated:
    return Dated(
        date.fromisoformat(value["from"]),
        value["value"],
        Words(zh=value["source"]["zh"], en=value["source"]["en"]),
        value["paper"],
        value["assumed"],
        value["set_by"],
    )
