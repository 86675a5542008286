"""Addresses of the ledger in motion."""

from django.urls import URLPattern

app_name = "duties"
urlpatterns: list[URLPattern] = []
