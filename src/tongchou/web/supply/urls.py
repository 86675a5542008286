"""Addresses of supply."""

from django.urls import path

from tongchou.web.supply import views

urlpatterns = [
    path("", views.supply, name="supply"),
    path("<slug:what>.<slug:suffix>", views.supply_file, name="supply-file"),
]
