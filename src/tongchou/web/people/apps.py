"""The app of people."""

from typing import Any

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, people, roles and permissions."""

    name = "tongchou.web.people"
    label = "people"

    def ready(self) -> None:
        """Note when each session begins."""
        from django.contrib.auth.signals import user_logged_in
        from django.utils import timezone

        from tongchou.web.people.sessions import SessionStore, begin

        def begun(request: Any, **_: object) -> None:
            SessionStore.clear_expired()  # nothing is kept of sessions that ran out
            begin(request.session, timezone.now())

        user_logged_in.connect(begun, dispatch_uid="people.session_begins", weak=False)
