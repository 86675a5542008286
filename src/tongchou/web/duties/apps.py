"""The app of the ledger in motion."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Commitments and everything done about them."""

    name = "tongchou.web.duties"
    label = "duties"
