"""Addresses of background work."""

from django.urls import path

from tongchou.web.jobs import views

app_name = "jobs"
urlpatterns = [path("<int:pk>/", views.job, name="job")]
