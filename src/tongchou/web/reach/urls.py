"""Addresses of reach."""

from django.urls import path

from tongchou.web.reach import views

urlpatterns = [
    path("", views.reach, name="reach"),
    path("points", views.points, name="reach-points"),
    path("way", views.one_way, name="reach-way"),
    path("<slug:what>.<slug:suffix>", views.reach_file, name="reach-file"),
]
