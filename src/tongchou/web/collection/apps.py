"""The app of collection."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Rounds in which figures are asked for."""

    name = "tongchou.web.collection"
    label = "collection"
