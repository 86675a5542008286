"""The app that shows reach."""

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """Reach: nothing is stored, every result is computed from its address."""

    name = "tongchou.web.reach"
    label = "reach"
