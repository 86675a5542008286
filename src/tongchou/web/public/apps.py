"""The app of public pages."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Questions of the public and those who follow commitments."""

    name = "tongchou.web.public"
    label = "public"
