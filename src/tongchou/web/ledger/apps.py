"""The app that keeps documents."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Documents as received and what was read from them."""

    name = "tongchou.web.ledger"
    label = "ledger"
