"""The lists of people's pages, as pages and files have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.web.people.models import Organisation, User
from tongchou.web.people.queries import matrix
from tongchou.web.people.roles import Role


def _of(on: date) -> Text:
    day = f"{on.year}年{on.month}月{on.day}日"
    return Text(f"截至{day}", f"As of {on.isoformat()}")


def organisations_listing(found: Sequence[Organisation], on: date) -> Listing:
    """Return the organisations with how many people work for each; nobody is a blank, not a zero to be ashamed of."""
    rows = [
        (n, one.title, one.kind_label, one.people or None, one.email)  # type: ignore[attr-defined]
        for n, one in enumerate(found, 1)
    ]
    columns = (
        ListingColumn(Text("序号", "No."), 6, "centre"),
        ListingColumn(Text("单位", "Organisation"), 30),
        ListingColumn(Text("类别", "Kind"), 18),
        ListingColumn(Text("账号数", "Accounts"), 8, "number"),
        ListingColumn(Text("办公邮箱", "Office e-mail"), 24),
    )
    return Listing(Text("单位名录", "Organisations"), _of(on), columns, rows)


def people_listing(organisation: Organisation, people: Sequence[User], on: date) -> Listing:
    """Return who has which role in one organisation, since when and until when."""
    rows = [
        (
            user.username,
            user.name,
            m.role_label,
            "✔" if m.administers else "",
            m.since,
            m.until,
            _state(user),
        )
        for user in people
        for m in user.held  # type: ignore[attr-defined]
    ]
    columns = (
        ListingColumn(Text("用户名", "User name"), 16),
        ListingColumn(Text("姓名", "Name"), 14),
        ListingColumn(Text("岗位", "Role"), 14),
        ListingColumn(Text("管理人员", "Manages people"), 8, "centre"),
        ListingColumn(Text("自", "Since"), 12, "date"),
        ListingColumn(Text("至", "Until"), 12, "date"),
        ListingColumn(Text("账号", "Account"), 8, "centre"),
    )
    title = Text(f"{organisation.title.zh}人员名单", f"People of {organisation.title.en}")
    return Listing(title, _of(on), columns, rows)


def _state(user: User) -> Text:
    return Text("在用", "in use") if user.is_active else Text("停用", "closed")


def permissions_listing(on: date) -> Listing:
    """Return the matrix of permissions and roles."""
    heads = (ListingColumn(Text("事项", "What"), 26), *(ListingColumn(r.label, 11, "centre") for r in Role))
    manages = ListingColumn(Text("单位管理员", "unit's administrator"), 11, "centre")
    own = Text("本单位", "own unit")
    rows = [(p.label, *reaches, own if p.administrators else None) for p, reaches in matrix()]
    return Listing(Text("权限表", "Permissions"), _of(on), (*heads, manages), rows)
