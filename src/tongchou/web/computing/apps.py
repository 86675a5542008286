"""The app that computes rules."""

from django.apps import AppConfig


class ComputingConfig(AppConfig):
    """Rules: nothing is stored, every result is computed from its address."""

    name = "tongchou.web.computing"
    label = "computing"
