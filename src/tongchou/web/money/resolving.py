"""Whose account the ends of a movement are: the city's, that of the county a row stands for, or a fund's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tongchou.kernel.parties import PartyKind
from tongchou.kernel.problems import ProblemsError
from tongchou.region.model import Region
from tongchou.rules.declaration import Pays
from tongchou.rules.paying import End
from tongchou.web.money import codes
from tongchou.web.money.models import Account
from tongchou.web.people.models import Organisation


def accounts(ends: Iterable[End], pays: Pays, region: Region, *, opens: bool = True) -> dict[End, Account]:
    """Return the account of every end; one there is not yet is opened, or with ``opens=False`` left out.

    Raises :class:`ProblemsError` for ends that belong to nobody.
    """
    found: dict[End, Account] = {}
    problems = []
    for end in dict.fromkeys(ends):
        if end.kind == "fund":
            names = next(s.fund for s in (pays.payer, pays.payee) if s.fund is not None and s.fund.zh == end.code)
            found |= _account(end, opens, fund=end.code, defaults={"fund_en": names.en})
            continue
        owner = _city() if end.kind == "city" else _party(end.code, region)
        if owner is None:
            problems.append(codes.NO_ACCOUNT.at("post", code=end.code or end.kind))
        else:
            found |= _account(end, opens, organisation=owner)
    if problems:
        raise ProblemsError(problems)
    return found


def _account(end: End, opens: bool, defaults: dict[str, str] | None = None, **whose: Any) -> dict[End, Account]:
    if opens:
        return {end: Account.objects.get_or_create(**whose, defaults=defaults)[0]}
    held = Account.objects.filter(**whose).first()
    return {end: held} if held is not None else {}


def _city() -> Organisation | None:
    return Organisation.objects.filter(kind=PartyKind.MUNICIPAL_GOVERNMENT.value, is_outside=False).first()


def _party(code: str, region: Region) -> Organisation | None:
    """Return the organisation a code names: by its id, as a county by its place, or by the place a section lies in."""
    counties = Organisation.objects.filter(kind=PartyKind.COUNTY_GOVERNMENT.value)
    found = Organisation.objects.filter(pk=code).first() or counties.filter(place=code).first()
    if found is not None:
        return found
    for rows in region.extra.values():
        row = next((r for r in rows if code in (r.get("id"), r.get("code"))), None)
        if row is not None and row.get("place"):
            return counties.filter(place=row["place"]).first()
    return None
