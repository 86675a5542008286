"""The app of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, people, roles and permissions."""

    name = "tongchou.web.people"
    label = "people"
