"""Addresses of the workbench."""

from django.urls import include, path

from tongchou.web.api import interface
from tongchou.web.api import views as api
from tongchou.web.computing import views as computing
from tongchou.web.events import views as events
from tongchou.web.figures import basemap, cells, intake
from tongchou.web.figures import views as figures
from tongchou.web.files import views as files
from tongchou.web.language import choose
from tongchou.web.ledger import views as ledger
from tongchou.web.pages import hints, today
from tongchou.web.pages import views as pages
from tongchou.web.pages.help import help_page
from tongchou.web.pages.searching import search
from tongchou.web.pages.security_contact import security_txt
from tongchou.web.pages.systems import directory, directory_export
from tongchou.web.people import oidc
from tongchou.web.people import views as people
from tongchou.web.registers import views as registers

urlpatterns = [
    path("", pages.home, name="home"),
    path("duties/", include("tongchou.web.duties.urls")),
    path("policy/", ledger.policy, name="policy"),
    path("ledger/", ledger.table, name="ledger"),
    path("ledger/export.<slug:suffix>", ledger.export, name="export"),
    path("findings/", ledger.findings, name="findings"),
    path("figures/", figures.indicators, name="figures"),
    path("collection/", include("tongchou.web.collection.urls")),
    path("figures-new/", intake.new_indicator, name="indicator-new"),
    path("figures-import/", intake.import_table, name="figures-import"),
    path("figures-import/<int:pk>", intake.import_returned, name="figures-import-returned"),
    path("figures/<str:id_>/<str:place>/<path:key>", cells.history, name="figure-history"),
    path("figures/<str:id_>/", figures.indicator, name="indicator"),
    path("figures/<str:id_>.<slug:suffix>", figures.indicator_export, name="indicator-export"),
    path("rules/", computing.rules, name="rules"),
    path("rules/<str:id_>/", computing.rule, name="rule"),
    path("rules/<str:id_>/workings", computing.workings, name="rule-workings"),
    path("rules/<str:id_>/result.<slug:suffix>", computing.rule_export, name="rule-export"),
    path("rules/<str:id_>/change.<slug:suffix>", computing.change_export, name="change-export"),
    path("runs/", include("tongchou.web.runs.urls")),
    path("money/", include("tongchou.web.money.urls")),
    path("registers/", include("tongchou.web.registers.urls")),
    path("projects/", registers.timeline, {"id_": "infrastructure.projects"}, name="projects"),
    path("connections/", include("tongchou.web.connections.urls")),
    path("reach/", include("tongchou.web.reach.urls")),
    path("supply/", include("tongchou.web.supply.urls")),
    path("base-map/", basemap.base_map, name="base-map"),
    path("documents/", ledger.documents, name="documents"),
    path("documents/<int:pk>/received", ledger.received, name="received"),
    path("jobs/", include("tongchou.web.jobs.urls")),
    path("language/<str:language>", choose, name="language"),
    path("files/<int:pk>", files.download, name="file"),
    path("search/", search, name="search"),
    path("systems/", directory, name="systems"),
    path("systems/list.<slug:suffix>", directory_export, name="systems-export"),
    path("help/", help_page, name="help"),
    path("todo/", today.todo_list, name="todo"),
    path("todo/panel", today.todo_panel, name="todo-panel"),
    path("todo.<slug:suffix>", today.todo_export, name="todo-export"),
    path("brief/", today.brief, name="brief"),
    path("landing/", today.landing, name="landing"),
    path("hints/dismiss", hints.dismiss, name="dismiss-hints"),
    path("events/", events.log, name="events-log"),
    path("events/log.<slug:suffix>", events.log_export, name="events-export"),
    path("api/docs", api.description, name="api-docs"),
    path("api/tokens", api.tokens, name="api-tokens"),
    path("api/tokens/<int:pk>/revoke", api.revoke, name="api-revoke"),
    path("api/", include((interface.addresses(), "ninja"), namespace="api")),
    path("api/<path:rest>", api.nothing),
    path("public/", include("tongchou.web.public.urls")),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-in/provider", oidc.ask, name="single-sign-on"),
    path("sign-in/provider/return", oidc.take, name="single-sign-on-return"),
    path("sign-in/code", people.sign_in_code, name="sign-in-code"),
    path("people/", include("tongchou.web.people.urls")),
    path("sign-out/", people.sign_out, name="sign-out"),
]
handler400 = "tongchou.web.pages.errors.bad_request"
handler403 = "tongchou.web.pages.errors.forbidden"
handler404 = "tongchou.web.pages.errors.not_found"
handler500 = "tongchou.web.pages.errors.server_error"
