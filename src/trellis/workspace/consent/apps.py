"""Name and place of the app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Consent and disclosure."""

    name = "trellis.workspace.consent"
    label = "consent"
