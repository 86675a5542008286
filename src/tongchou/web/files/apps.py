"""The app of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files as received."""

    name = "tongchou.web.files"
    label = "files"
