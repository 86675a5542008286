"""The app of runs."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Runs of rules."""

    name = "tongchou.web.runs"
    label = "runs"
