"""The app that shows supply."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """Supply: nothing is stored, every result is computed from its address."""

    name = "tongchou.web.supply"
    label = "supply"
