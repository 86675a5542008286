"""A change as plain JSON data, ``tongchou.change/1``."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any

from tongchou import __version__
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.rules.attribution import Change
from tongchou.rules.attribution.words import sentence, summary
from tongchou.rules.parameters import Dated, plain
from tongchou.rules.table import Numbers

SCHEMA = "tongchou.change/1"


def record(change: Change, names: Mapping[str, Text] | None = None, runs: tuple[str, str] = ("", "")) -> dict[str, Any]:
    """Return the change as JSON data; ``runs`` are the hashes of the two run records it comes from, where it does.

    ``parts`` are keyed by the factor's members joined with ``+``; ``null`` stands where there is no number.
    """
    ids = ["+".join(factor.members) for factor in change.factors]
    whole = summary(change)
    return {
        "schema": SCHEMA,
        "engine": __version__,
        "runs": list(runs),
        "rules": [{"id": rule.id, "digest": rule.digest} for rule in change.rules],
        "periods": list(change.periods),
        "result": change.rules[1].declared.result,
        "unit": change.unit,
        "way": change.way,
        "notes": [_text(note) for note in change.notes],
        "factors": [
            {"id": id_, "kind": factor.kind, "members": list(factor.members), "label": _text(factor.label)}
            for id_, factor in zip(ids, change.factors, strict=True)
        ],
        "parameters": {name: [_dated(one) for one in both] for name, both in change.parameters.items()},
        "sentence": None if whole is None else _text(whole),
        "places": [
            {
                "place": place,
                "before": _number(change.before, i),
                "after": _number(change.after, i),
                "change": _number(change.total, i),
                "parts": {id_: _number(part, i) for id_, part in zip(ids, change.parts, strict=True)},
                "figures": {n: [_number(side, i) for side in both] for n, both in change.figures.items()},
                "status": Status(int(change.status[i])).word if change.status[i] else None,
                "reason": _text(change.reasons[place]) if place in change.reasons else None,
                "sentence": _text(sentence(change, i, names)),
            }
            for i, place in enumerate(change.places)
        ],
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _number(values: Numbers, i: int) -> float | None:
    value = float(values[i])
    return None if isnan(value) else value + 0.0


def _dated(value: Dated) -> dict[str, Any]:
    return {
        "value": plain(value.value),
        "from": value.start.isoformat(),
        "paper": value.paper,
        "assumed": value.assumed,
    }
