"""The app that shows figures."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Indicators and their figures."""

    name = "tongchou.web.figures"
    label = "figures"
