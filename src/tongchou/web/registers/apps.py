"""The app of registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Rows of declared registers."""

    name = "tongchou.web.registers"
    label = "registers"
