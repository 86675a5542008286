"""Addresses of runs, scenarios and objections."""

from django.urls import path

from tongchou.web.runs import comparing, contest_views, views

app_name = "runs"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("list.<slug:suffix>", views.export, name="export"),
    path("new/<str:id_>/", views.new, name="new"),
    path("scenarios/", contest_views.scenario_list, name="scenarios"),
    path("scenarios/<int:pk>/", contest_views.scenario, name="scenario"),
    path("scenarios/<int:pk>/scenario.<slug:suffix>", contest_views.scenario_export, name="scenario-export"),
    path("objections/", contest_views.objection_list, name="objections"),
    path("objections/list.<slug:suffix>", contest_views.objections_export, name="objections-export"),
    path("objections/<int:pk>/", contest_views.objection, name="objection"),
    path("objections/<int:pk>/objection.<slug:suffix>", contest_views.objection_export, name="objection-export"),
    path("objections/<int:pk>/answer", contest_views.answer, name="answer"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/move", views.move, name="move"),
    path("<int:pk>/verify", views.verify, name="verify"),
    path("<int:pk>/workings", views.workings, name="workings"),
    path("<int:pk>/result.<slug:suffix>", views.result, name="result"),
    path("<int:pk>/try/", contest_views.try_out, name="try"),
    path("<int:pk>/object/", contest_views.object_to, name="object"),
    path("<int:pk>/compare/<int:other>/", comparing.compare, name="compare"),
    path("<int:pk>/compare/<int:other>/change.<slug:suffix>", comparing.compare_export, name="compare-export"),
]
