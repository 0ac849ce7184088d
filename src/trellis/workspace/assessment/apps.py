"""Name and place of the app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessments, forms, tasks."""

    name = "trellis.workspace.assessment"
    label = "assessment"
