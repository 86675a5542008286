"""The app of the JSON interface."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Tokens for programs."""

    name = "tongchou.web.api"
    label = "api"
