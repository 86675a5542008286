"""Addresses of the ledger of movements."""

from django.urls import path

from tongchou.web.money import views

app_name = "money"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("ledger.<slug:suffix>", views.export, name="export"),
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("entries/<int:pk>/reverse", views.reverse_entry, name="reverse"),
    path("post/<int:pk>", views.post, name="post"),
    path("statements/", views.statements, name="statements"),
    path("statements/<str:id_>/<int:year>/", views.statement_page, name="statement"),
    path("statements/<str:id_>/<int:year>/statement.<slug:suffix>", views.statement_export, name="statement-export"),
    path("statements/<str:id_>/<int:year>/confirm", views.confirm, name="confirm"),
]
