"""The menu as data: sections, and the pages inside each. A page is shown to those who may open it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.people.permissions import may


@dataclass(frozen=True, slots=True)
class Page:
    """One entry: the name of its view, its word, and the permission it needs ("" for everybody, "*" for an account)."""

    view: str
    label: Text
    permission: str = ""

    def is_open_to(self, request: HttpRequest) -> bool:
        """Return whether the reader may open it."""
        if not self.permission:
            return True
        if self.permission == "*":
            return bool(request.user.is_authenticated)
        return may(request.user, self.permission)


@dataclass(frozen=True, slots=True)
class Section:
    """One word of the menu. ``names`` are the views and namespaces that belong to it besides its pages."""

    id: str
    label: Text
    pages: tuple[Page, ...]
    names: tuple[str, ...] = ()
    key: str = ""  # single key that leads there
    in_menu: bool = True  # the section of accounts is reached by one's name instead

    def holds(self, view: str) -> bool:
        """Return whether a view's page belongs here; ``view`` is its full name."""
        namespace, _, _ = view.partition(":")
        return view in self.names or namespace in self.names or any(page.view == view for page in self.pages)


REGISTER_PAGES = (
    *("register", "register-board", "register-timeline", "register-row", "register-add", "register-edit"),
    *("register-upload", "register-sheet", "register-move", "register-withdraw"),
)

SECTIONS: tuple[Section, ...] = (
    Section(
        "home",
        Text("首页", "Home"),
        (
            Page("home", Text("总览", "Overview")),
            Page("todo", Text("要我做的", "To do"), "*"),
            Page("brief", Text("三分钟", "Three minutes"), "*"),
            Page("events-log", Text("留痕", "Log"), "events.read"),
        ),
        ("base-map",),
    ),
    Section(
        "policy",
        Text("政策", "Policy"),
        (
            Page("policy", Text("条文", "Text")),
            Page("findings", Text("缺项", "Missing")),
            Page("systems", Text("系统目录", "Systems")),
            Page("documents", Text("文件", "Documents"), "ledger.receive"),
        ),
        key="p",
    ),
    Section(
        "ledger",
        Text("台账", "Ledger"),
        (
            Page("duties:ledger", Text("责任台账", "Ledger")),
            Page("duties:my-unit", Text("对我单位", "My unit"), "duties.report"),
            Page("duties:confirm", Text("确认承诺", "Confirm"), "duties.confirm"),
            Page("duties:rounds", Text("征求意见", "Consultations"), "*"),
            Page("duties:plans", Text("实施方案", "Plans"), "*"),
            Page("duties:workbook", Text("Excel 进出", "Excel"), "*"),
            Page("duties:matrix", Text("职责分工", "Division")),
            Page("duties:lamps", Text("单位与灯", "Units and lamps")),
            Page("duties:silence", Text("未发声", "Silence"), "*"),
            Page("duties:escalation", Text("提醒与升级", "Reminders"), "*"),
            Page("ledger", Text("承诺事项（原文）", "As printed")),
        ),
        ("duties",),
        key="l",
    ),
    Section(
        "figures",
        Text("数据", "Figures"),
        (
            Page("figures", Text("指标", "Indicators")),
            Page("collection:mine", Text("填报", "Fill in"), "collection.see"),
            Page("collection:review", Text("审核", "Review"), "collection.see"),
            Page("collection:rounds", Text("任务设计", "Rounds"), "collection.see"),
            Page("collection:burden", Text("负担", "Burden"), "collection.see"),
            Page("collection:definitions", Text("口径比对", "Definitions"), "collection.see"),
            Page("figures-import", Text("导入", "Import"), "figures.import"),
        ),
        ("indicator", "figure-history", "indicator-new", "collection"),
        key="d",
    ),
    Section(
        "rules",
        Text("规则", "Rules"),
        (
            Page("rules", Text("规则目录", "Catalogue")),
            Page("runs:runs", Text("测算", "Runs")),
            Page("money:ledger", Text("支付台账", "Payments"), "*"),
            Page("money:statements", Text("对账单", "Statements"), "*"),
            Page("runs:objections", Text("异议", "Objections"), "*"),
        ),
        ("rule", "rule-workings", "runs", "money"),
    ),
    Section("registers", Text("登记", "Registers"), (Page("registers", Text("登记簿", "Registers")),), REGISTER_PAGES),
    Section(
        "networks",
        Text("网络", "Networks"),
        (
            Page("connections", Text("联通", "Connections")),
            Page("reach", Text("可达", "Reach")),
            Page("supply", Text("供给", "Supply")),
        ),
        ("connection-way", "connection-sensitivity", "reach-points", "reach-way"),
    ),
    Section("projects", Text("项目", "Projects"), (Page("projects", Text("重大项目", "Works")),)),
    Section(
        "public",
        Text("公开", "Public"),
        (
            Page("public:progress", Text("承诺进度", "Progress")),
            Page("public:commitments", Text("逐项查看", "One by one")),
            Page("public:ask", Text("提问", "Ask")),
            Page("public:track", Text("查答复", "Look up")),
            Page("public:answers", Text("公开问答", "Replies")),
            Page("public:data", Text("数据下载", "Downloads")),
            Page("public:disclosures", Text("公开记录", "Disclosure log")),
            Page("public:handling", Text("提问办理", "In hand"), "public.read"),
        ),
        ("public",),
        key="g",
    ),
    Section(
        "people",
        Text("人员", "People"),
        (
            Page("people:account", Text("本人账号", "My account"), "*"),
            Page("people:organisations", Text("单位和人员", "Organisations"), "*"),
            Page("people:permissions", Text("权限", "Permissions"), "*"),
        ),
        ("people",),
        in_menu=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the base template shows it."""

    label: Text
    address: str
    is_current: bool
    key: str = ""


def menu(request: HttpRequest) -> tuple[list[Link], list[Link]]:
    """Return the sections, and the pages of the section the reader is in (none where it has only one)."""
    match = request.resolver_match
    here = match.view_name if match is not None else ""
    sections, pages = [], []
    for section in SECTIONS:
        shown = [page for page in section.pages if page.is_open_to(request)]
        if not shown:
            continue
        inside = section.holds(here)
        if section.in_menu:
            sections.append(Link(section.label, reverse(shown[0].view), inside, section.key))
        if inside and len(shown) > 1:
            pages = [Link(page.label, reverse(page.view), page.view == here) for page in shown]
    return sections, pages
