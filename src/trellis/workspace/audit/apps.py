"""Name and place of the app; the database is told who acts whenever it is opened."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Who saw and who changed what."""

    name = "trellis.workspace.audit"
    label = "audit"

    def ready(self) -> None:
        """Tell every connection who acts, and keep the triggers as the tables are."""
        from trellis.workspace.audit import connections, triggers

        connection_created.connect(connections.prepare, dispatch_uid="audit")
        post_migrate.connect(_keep_triggers, sender=self, dispatch_uid="audit")
        self.triggers: Any = triggers


def _keep_triggers(using: str, **_: Any) -> None:
    from trellis.workspace.audit import triggers

    triggers.install(using)
