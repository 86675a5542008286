"""Addresses of runs, scenarios and objections."""

from django.urls import path

from tongchou.web.runs import comparing, drafting, objecting, trials, views

app_name = "runs"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("list.<slug:suffix>", views.export, name="export"),
    path("new/<str:id_>/", drafting.new, name="new"),
    path("scenarios/", trials.scenario_list, name="scenarios"),
    path("scenarios/<int:pk>/", trials.scenario, name="scenario"),
    path("scenarios/<int:pk>/scenario.<slug:suffix>", trials.scenario_export, name="scenario-export"),
    path("objections/", objecting.objection_list, name="objections"),
    path("objections/list.<slug:suffix>", objecting.objections_export, name="objections-export"),
    path("objections/<int:pk>/", objecting.objection, name="objection"),
    path("objections/<int:pk>/objection.<slug:suffix>", objecting.objection_export, name="objection-export"),
    path("objections/<int:pk>/answer", objecting.answer, name="answer"),
    path("<int:pk>/", views.run, name="run"),
    path("<int:pk>/edit", drafting.edit, name="edit"),
    path("<int:pk>/move", drafting.move, name="move"),
    path("<int:pk>/verify", views.verify, name="verify"),
    path("<int:pk>/workings", views.workings, name="workings"),
    path("<int:pk>/result.<slug:suffix>", views.result, name="result"),
    path("<int:pk>/try/", trials.try_out, name="try"),
    path("<int:pk>/object/", objecting.object_to, name="object"),
    path("<int:pk>/compare/<int:other>/", comparing.compare, name="compare"),
    path("<int:pk>/compare/<int:other>/change.<slug:suffix>", comparing.compare_export, name="compare-export"),
]
