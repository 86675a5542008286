"""The app of money."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Movements of money."""

    name = "tongchou.web.money"
    label = "money"
