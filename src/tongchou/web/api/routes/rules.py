"""Rules: the catalogue, a declaration, the schema of what a rule takes, and computing one."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.rules.rows_given import Book, wide
from tongchou.rules.rule import Rule
from tongchou.rules.run import record
from tongchou.surfaces.computing import Asked, compute
from tongchou.surfaces.rule_schema import inputs
from tongchou.web.api import codes
from tongchou.web.api.kinds import Id, Name, Words
from tongchou.web.api.paging import Page, Paging, paged
from tongchou.web.api.shapes import TextOut, answers, text
from tongchou.web.computing.catalogue import Entry, entries, rules_of
from tongchou.web.figures.store import region_as_of

router = Router(tags=["rules"])
_MOST_ROWS = 2000
_MOST_PERIODS = 60


class RuleOut(Schema):
    """A rule of the catalogue, and the periods for which figures are held."""

    id: str
    title: TextOut
    method: TextOut
    system: str
    clauses: list[str]
    periods: list[str]
    can_compute: bool
    is_illustrative: bool


class DeclarationOut(RuleOut):
    """A rule with its whole declaration, as its file has it."""

    declaration: dict[str, Any]


Cell = float | str | None
Period = Annotated[str, Field(min_length=4, max_length=21, pattern=r"^[0-9Q/-]+$")]


class ComputeIn(Schema):
    """What to compute. ``rows`` follow the rule's own schema; what they lack is taken from the region's figures.

    A parameter is a number, or numbers by code where the rule has one for each.
    """

    rows: list[dict[str, Cell]] = Field(default_factory=list, max_length=_MOST_ROWS)
    periods: list[Period] = Field(default_factory=list, max_length=_MOST_PERIODS)
    parameters: dict[str, float | dict[str, float]] = Field(default_factory=dict)
    base: str | None = Field(None, max_length=60, pattern=r"^[a-z0-9_]*$")


class RunOut(Schema):
    """A run record (``tongchou.run/1``): everything needed to replay it to the same hash."""

    run: dict[str, Any]


def _entry(id_: str) -> Entry:
    found = next((e for e in entries(settings.REGION) if e.rule.id == id_), None)
    if found is None:
        raise Http404
    return found


def _shape(entry: Entry) -> dict[str, Any]:
    declared = entry.rule.declared
    return {
        "id": entry.rule.id,
        "title": text(declared.title.text()),
        "method": {"zh": declared.method.zh, "en": declared.method.en},
        "system": declared.system,
        "clauses": list(declared.clauses),
        "periods": list(entry.periods),
        "can_compute": entry.can_compute,
        "is_illustrative": entry.is_illustrative,
    }


@router.get("/rules", response=answers(Page[RuleOut]), summary="规则 Rules")
def rules(request: HttpRequest, paging: Query[Paging], clause: Id = "", system: Id = "", words: Words = "") -> Any:
    """List rules in the order of the policy's systems."""
    found = [
        e
        for e in entries(settings.REGION)
        if e.matches(words)
        and (not clause or clause in e.rule.declared.clauses)
        and (not system or system == e.rule.declared.system)
    ]
    return paged(found, paging, _shape)


@router.get("/rules/{id}", response=answers(DeclarationOut, 404), summary="一条规则 One rule")
def rule(request: HttpRequest, id: Name) -> Any:
    """Return a rule with its declaration."""
    entry = _entry(id)
    return {**_shape(entry), "declaration": entry.rule.declared.model_dump(mode="json")}


@router.get("/rules/{id}/schema", response=answers(dict[str, Any], 404), summary="输入格式 Schema of inputs")
def schema(request: HttpRequest, id: Name) -> Any:
    """Return the JSON Schema of the rows and parameters a rule takes."""
    return inputs(_entry(id).rule)


@router.post("/rules/{id}/compute", response=answers(RunOut, 404), summary="计算 Compute")
def run(request: HttpRequest, id: Name, body: ComputeIn) -> Any:
    """Compute a rule; nothing is kept. Figures not given are those approved now; made-up ones are marked so."""
    entry = _entry(id)
    own = [_book(entry.rule, body.rows)] if body.rows else []
    asked = Asked(
        rule=id,
        region=region_as_of(settings.REGION),
        periods=body.periods,
        base=body.base or None,
        own=own,
        settings=_settings(body.parameters),
    )
    return {"run": record(compute(asked, rules_of(settings.REGION)[0]).result)}


def _settings(given: dict[str, float | dict[str, float]]) -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in given.items():
        flat |= {f"{name}.{code}": v for code, v in value.items()} if isinstance(value, dict) else {name: value}
    return flat


def _book(rule: Rule, rows: list[dict[str, Cell]]) -> Book:
    """Return rows as a form gives them; raise :class:`ProblemsError` for names the rule does not know."""
    header = [*rule.rows, "period", *rule.declared.inputs]
    problems: list[Problem] = []
    for i, row in enumerate(rows):
        problems += [codes.BAD_VALUE.at(f"rows.{i}.{name}", reason="?") for name in row if name not in header][:5]
        lacking = [name for name in (*rule.rows, "period") if not isinstance(row.get(name), str)]
        problems += [codes.BAD_VALUE.at(f"rows.{i}.{name}", reason="—") for name in lacking]
    if problems:
        raise ProblemsError(problems[:50])
    used = [name for name in header if any(name in row for row in rows)]
    records = [(i, ["" if row.get(n) is None else str(row[n]) for n in used]) for i, row in enumerate(rows)]
    return wide(rule, used, records, "rows")
