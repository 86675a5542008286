"""The app of events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The chain of events."""

    name = "tongchou.web.events"
    label = "events"
