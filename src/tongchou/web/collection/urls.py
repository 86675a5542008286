"""Addresses of collection."""

from django.urls import path

from tongchou.web.collection import burden_page, definitions, filling, importing, reviewing, rounds

app_name = "collection"
urlpatterns = [
    path("", filling.mine, name="mine"),
    path("export.<slug:suffix>", filling.mine_export, name="mine-export"),
    path("answers/<int:pk>/", filling.answer, name="answer"),
    path("answers/<int:pk>/template", filling.template, name="template"),
    path("answers/<int:pk>/import", importing.come_back, name="import"),
    path("answers/<int:pk>/returned/<int:file>", importing.returned, name="returned"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/export.<slug:suffix>", rounds.rounds_export, name="rounds-export"),
    path("rounds/new/", rounds.new, name="new"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("review/", reviewing.review, name="review"),
    path("burden/", burden_page.burden, name="burden"),
    path("burden/export.<slug:suffix>", burden_page.burden_export, name="burden-export"),
    path("definitions/", definitions.definitions, name="definitions"),
]
