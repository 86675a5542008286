"""Addresses of registers."""

from __future__ import annotations

from django.urls import path

from tongchou.web.registers import rows, sheets, together, views

urlpatterns = [
    path("", views.catalogue, name="registers"),
    path("<str:id_>/", views.register_list, name="register"),
    path("<str:id_>/rows.<slug:suffix>", views.register_export, name="register-export"),
    path("<str:id_>/move", together.move_chosen, name="register-move-chosen"),
    path("<str:id_>/board", views.board, name="register-board"),
    path("<str:id_>/board.<slug:suffix>", views.board_export, name="register-board-export"),
    path("<str:id_>/timeline", views.timeline, name="register-timeline"),
    path("<str:id_>/template.xlsx", sheets.template, name="register-template"),
    path("<str:id_>/import", sheets.upload, name="register-upload"),
    path("<str:id_>/import/<int:file>", sheets.sheet, name="register-sheet"),
    path("<str:id_>/import/<int:file>/returned.xlsx", sheets.returned, name="register-returned"),
    path("<str:id_>/add", rows.add, name="register-add"),
    path("<str:id_>/rows/<int:pk>/", rows.row, name="register-row"),
    path("<str:id_>/rows/<int:pk>/row.<slug:suffix>", rows.row_export, name="register-row-export"),
    path("<str:id_>/rows/<int:pk>/edit", rows.edit, name="register-edit"),
    path("<str:id_>/rows/<int:pk>/move", rows.move, name="register-move"),
    path("<str:id_>/rows/<int:pk>/withdraw", rows.withdraw, name="register-withdraw"),
]
