"""Name and place of the app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may do what."""

    name = "trellis.workspace.access"
    label = "access"
