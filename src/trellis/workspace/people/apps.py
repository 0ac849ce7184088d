"""Name and place of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, accounts, people."""

    name = "trellis.workspace.people"
    label = "people"

    def ready(self) -> None:
        """Listen to who comes and goes."""
        from trellis.workspace.people import signals

        self.signals = signals
