"""Name and place of the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people."""

    name = "trellis.workspace.demo"
    label = "demo"
