"""What a run computes, and what its record says: all from the record alone, so that it never changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from tongchou.rules.keys import split
from tongchou.rules.parameters import Parameters
from tongchou.rules.result import Result
from tongchou.rules.rule import Rule
from tongchou.rules.run import content_hash, record, result_of
from tongchou.surfaces.computing import Answer, Asked, compute
from tongchou.surfaces.row_names import row_names
from tongchou.web.computing.catalogue import rules_of
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_as_of
from tongchou.web.runs.models import Record, Run

#: A figure put in place of another: input, place code of the row, period, number, where it comes from.
Cell = dict[str, Any]


def computed(run: Run) -> Result:
    """Compute a run as it is configured; raises :class:`ProblemsError`."""
    if run.basis is not None:
        return with_figures(run.basis.data, run.figures, "reported")
    region = region_as_of(run.region, run.figures_at)
    asked = Asked(run.rule, region, tuple(run.periods), run.base or None, (), run.settings)
    return compute(asked, rules_of(run.region)[0]).result


def with_figures(data: Mapping[str, Any], cells: Sequence[Cell], status: str) -> Result:
    """Compute a record again with some figures replaced, everything else as it was."""
    changed = copy.deepcopy(dict(data))
    declared = result_of(data).rule
    for cell in cells:
        held = changed["inputs"][cell["name"]]
        sources = held.setdefault("sources", [""] * len(changed["places"]))
        for i in rows_alike(changed, declared, cell["name"], cell["place"], cell["period"]):
            held["values"][i], held["status"][i] = cell["value"], status
            sources[i] = cell["source"]
    changed["hash"] = content_hash(changed)
    return result_of(changed)


def rows_alike(data: Mapping[str, Any], rule: Rule, name: str, place: str, period: str) -> list[int]:
    """Return the rows in which an input has the same number as in the row named."""
    own = _parts(rule, name, place)
    at = zip(data["places"], data["periods"], strict=True)
    return [i for i, (code, when) in enumerate(at) if when == period and _parts(rule, name, code) == own]


def _parts(rule: Rule, name: str, place: str) -> tuple[str, ...]:
    keys = rule.keys(name)
    parts = zip(rule.rows, split(place, len(rule.rows)), strict=True)
    return tuple(part for key, part in parts if key in keys)


def text_of(data: Mapping[str, Any]) -> str:
    """Return a record as it is kept; names stay in the order they were declared in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def keep(result: Result, now: datetime) -> Record:
    """Keep the record of a result; the same one is kept once."""
    data = record(result)
    kept, _ = Record.objects.get_or_create(
        hash=data["hash"],
        defaults={
            "text": text_of(data),
            "rule": result.rule.id,
            "digest": result.rule.digest,
            "engine": data["engine"],
            "kept_at": now,
        },
    )
    return kept


@dataclass(frozen=True, slots=True)
class Held:
    """A record opened: its data, the answer computed from it, and whether that still gives the same record."""

    data: Mapping[str, Any]
    answer: Answer
    is_same: bool

    @property
    def result(self) -> Result:
        """The result."""
        return self.answer.result


@lru_cache(maxsize=64)
def _opened(hash_: str, text: str, region: str) -> Held:
    data = json.loads(text)
    result = result_of(data)
    held = region_named(region)
    names = row_names(result.rule, result.keys, held)
    answer = Answer(result, names, held, Parameters(result.rule.id, {}, {}))
    return Held(data, answer, record(result)["hash"] == hash_)


def opened(kept: Record, region: str) -> Held:
    """Open a record; raises :class:`ProblemsError` where it was altered."""
    return _opened(kept.hash, kept.text, region)
