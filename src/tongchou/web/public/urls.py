"""Addresses of the public pages."""

from django.urls import path

from tongchou.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.progress, name="progress"),
    path("progress.<slug:suffix>", views.progress_export, name="progress-export"),
]
