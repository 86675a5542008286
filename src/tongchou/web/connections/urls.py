"""Addresses of connections."""

from django.urls import path

from tongchou.web.connections import views

urlpatterns = [
    path("", views.connections, name="connections"),
    path("sensitivity", views.sensitivity, name="connection-sensitivity"),
    path("way", views.way, name="connection-way"),
    path("table.<slug:suffix>", views.export, name="connections-export"),
]
