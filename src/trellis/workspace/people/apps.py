"""Name and place of the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, accounts, people."""

    name = "trellis.workspace.people"
    label = "people"
