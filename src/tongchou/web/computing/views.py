"""Pages of rules: the catalogue, one rule with its form and result, how a number came about, and the files."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.rules.keys import label as key_label
from tongchou.rules.rule import Rule
from tongchou.surfaces.changes import CHANGE_EXPORTS
from tongchou.surfaces.computed import RUN_EXPORTS
from tongchou.surfaces.rule_pages import pays_words
from tongchou.web.computing.account import account
from tongchou.web.computing.answers import answer, compared
from tongchou.web.computing.catalogue import Entry, clause_order, entries, rules_of
from tongchou.web.computing.describing import steps
from tongchou.web.computing.questions import Question, is_plain, question
from tongchou.web.computing.systems import module, system
from tongchou.web.computing.tables import rows_of
from tongchou.web.computing.working import work
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import stamp
from tongchou.web.language import current
from tongchou.web.parts import render_part
from tongchou.web.people.access import public
from tongchou.web.people.permissions import may

_STATES = {
    "now": Text("内置数据可算", "Computable with built-in figures"),
    "real": Text("可算，且不含示例数据", "Computable without made-up figures"),
    "lacking": Text("还缺数据或参数", "Figures or parameters lacking"),
}


@public
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules by module and system, those that match the words, the clause and the state asked for."""
    held = entries(settings.REGION)
    words = request.GET.get("words", "").strip()[:100]
    clause = request.GET.get("clause", "").strip()[:20]
    state = request.GET.get("state", "")
    found = [e for e in held if e.matches(words) and _is(e, state)]
    found = [e for e in found if not clause or clause in e.rule.declared.clauses]
    modules: dict[str, dict[str, list[Entry]]] = {}
    for entry in found:
        modules.setdefault(entry.module, {}).setdefault(entry.rule.declared.system, []).append(entry)
    context = {
        "region": region_named(settings.REGION),
        "modules": [
            (id_, module(id_), [(code, system(code), listed) for code, listed in systems.items()])
            for id_, systems in modules.items()
        ],
        "problems": rules_of(settings.REGION)[1],
        "stamp": stamp(),
        "words": words,
        "clause": clause,
        "state": state if state in _STATES else "",
        "states": _STATES,
        "clauses": clause_order(c for e in held for c in e.rule.declared.clauses),
        "matching": len(found),
        "total": len(held),
        "computable": sum(e.can_compute for e in held),
    }
    return render_part(request, "computing/list.html", "computing/rules.html", context)


@public
@require_safe
def rule(request: HttpRequest, id_: str) -> HttpResponse:
    """Show a rule: whose method, the form, the result of what the address asks, every step."""
    entry = _entry(id_)
    asked = _question(request, entry)
    here = f"{reverse('rule', args=[id_])}?{asked.address()}"
    htmx = request.htmx  # type: ignore[attr-defined]
    if not is_plain(request.GET) and not htmx:
        return HttpResponseRedirect(here)
    done = work(settings.REGION, entry, asked, current())
    context = {
        "region": region_named(settings.REGION),
        "entry": entry,
        "rule": entry.rule,
        "module": module(id_),
        "system": system(entry.rule.declared.system),
        "method": Text(entry.rule.declared.method.zh, entry.rule.declared.method.en),
        "per": _per(entry.rule),
        "steps": steps(entry.rule),
        "question": asked,
        "exports": RUN_EXPORTS,
        "may_draft": may(request.user, "runs.draft"),
        "pays": pays_words(entry.rule.declared),
        **done.context,
    }
    response = render_part(request, "computing/work.html", "computing/rule.html", context)
    response.status_code = 422 if done.problems else 200
    if htmx:
        response.headers["HX-Push-Url"] = here
    return response


@public
@require_safe
def workings(request: HttpRequest, id_: str) -> HttpResponse:
    """Show how one number came about: of place code ``row`` (else the first), column ``number``, period ``at``."""
    entry = _entry(id_)
    asked = _question(request, entry)
    name = request.GET.get("number", entry.rule.declared.result)
    try:
        found = answer(settings.REGION, asked)
    except ProblemsError:
        raise Http404 from None
    period = request.GET.get("at", asked.period)
    rows = rows_of(found.result, period)
    place = request.GET.get("row")
    row = next((i for i in rows if place is None or found.result.table.places[i] == place), None)
    if row is None or name not in (*entry.rule.declared.columns, *entry.rule.declared.inputs):
        raise Http404
    context = {
        "region": region_named(settings.REGION),
        "entry": entry,
        "rule": entry.rule,
        "module": module(id_),
        "account": account(found.result, found.names, row, name),
        "period": _label(period),
        "here": asked.address(),
        "at": period,
        "back": f"{reverse('rule', args=[id_])}?{asked.address()}#result",
    }
    return render(request, "computing/workings.html", context)


@public
@require_safe
def rule_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give the result as a file: a workbook with live formulas, an account in words, a table, a run record."""
    entry = _entry(id_)
    kind = RUN_EXPORTS.get(f".{suffix}")
    if kind is None:
        raise Http404
    asked = _question(request, entry)
    try:
        found = answer(settings.REGION, asked)
    except ProblemsError:
        raise Http404 from None
    data = kind.render(found.result, found.names, current())
    return _file(data, kind.media_type, entry.rule, asked, suffix, kind.label)


@public
@require_safe
def change_export(request: HttpRequest, id_: str, suffix: str) -> HttpResponse:
    """Give the comparison as a file."""
    entry = _entry(id_)
    asked = _question(request, entry)
    if f".{suffix}" not in CHANGE_EXPORTS or not asked.against or asked.problems:
        raise Http404
    try:
        found = compared(settings.REGION, asked)
    except ProblemsError:
        raise Http404 from None
    data = CHANGE_EXPORTS[f".{suffix}"](found, current())
    media = RUN_EXPORTS[f".{suffix}"].media_type
    return _file(data, media, entry.rule, asked, suffix, Text("变动归因", "why it changed"))


def _entry(id_: str) -> Entry:
    entry = next((e for e in entries(settings.REGION) if e.rule.id == id_), None)
    if entry is None:
        raise Http404
    return entry


def _question(request: HttpRequest, entry: Entry) -> Question:
    return question(request.GET, entry.rule, entry.periods, region_named(settings.REGION))


def _per(rule: Rule) -> Text:
    labels = [key_label(key) for key in rule.declared.per]
    return Text(" × ".join(k.zh for k in labels), " × ".join(k.en.lower() for k in labels))


def _is(entry: Entry, state: str) -> bool:
    if state == "now":
        return entry.can_compute
    if state == "real":
        return entry.can_compute and not entry.is_illustrative
    return not entry.can_compute if state == "lacking" else True


def _label(period: str) -> Text:
    shown = Period.parse(period)
    return Text(shown.label(), shown.label("en"))


def _file(data: bytes, media: str, rule: Rule, asked: Question, suffix: str, kind: Text) -> HttpResponse:
    response = HttpResponse(data, content_type=media)
    period = _label(asked.period).in_(current()).replace("/", "-")
    title = f"{rule.declared.title.text().in_(current())} {period} {kind.in_(current())}"
    plain = f"{rule.id}.{suffix}"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(f'{title}.{suffix}', safe='')}"
    )
    return response
