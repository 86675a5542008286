"""The app of pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Home and what every page shares."""

    name = "tongchou.web.pages"
    label = "pages"
