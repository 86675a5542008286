"""Moving several rows of a list at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongchou.kernel.problems import ProblemsError
from tongchou.web.files.actions import sent
from tongchou.web.people.access import requires
from tongchou.web.people.models import User
from tongchou.web.registers import codes
from tongchou.web.registers.actions import move_rows
from tongchou.web.registers.models import Row
from tongchou.web.registers.ownership import roles_for, visible
from tongchou.web.registers.views import PAGE_ROWS, found_register, list_page


@requires("registers.move")
@require_POST
def move_chosen(request: HttpRequest, id_: str) -> HttpResponse:
    """Move the rows that were ticked, all or none; back to the list as it was filtered."""
    register, by = found_register(id_), request.user
    assert isinstance(by, User)  # noqa: S101 — the permission needs an account
    versions = dict(_seen(one) for one in request.POST.getlist("chosen")[:PAGE_ROWS])
    asked, move = QueryDict(request.POST.get("asked", "")[:2000]), request.POST.get("move", "")
    text, reason = request.POST.get("evidence", "").strip()[:5000], request.POST.get("reason", "").strip()[:2000]
    rows = Row.objects.filter(visible(register, by), register=register.id, pk__in=versions)
    found = list(rows.select_related("organisation").order_by("key"))
    try:
        if not found:
            raise ProblemsError([codes.NONE_CHOSEN.at("chosen")])
        moved = move_rows(
            register=register,
            rows=[(row, versions[row.pk]) for row in found],
            move=move,
            roles=lambda row: roles_for(register, row, by),
            by=by,
            now=timezone.now(),
            text=text,
            files=[sent(request, "file")] if request.FILES.get("file") else [],
            reason=reason,
        )
    except ProblemsError as error:
        typed = {"move": move, "evidence": text, "reason": reason}
        chosen = frozenset(versions)
        return list_page(request, register, asked, 422, problems=error.problems, typed=typed, chosen=chosen)
    back = urlencode({**asked.dict(), "moved": len(moved)})
    return redirect(f"{reverse('register', args=[register.id])}?{back}")


def _seen(chosen: str) -> tuple[int, int]:
    """Return which row was ticked and at which version; a version nobody saw where it is not told."""
    pk, _, version = chosen.partition(":")
    return (int(pk) if pk.isdecimal() and len(pk) < 16 else 0, int(version) if version.isdecimal() else 0)
