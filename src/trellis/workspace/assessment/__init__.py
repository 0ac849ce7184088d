"""Assessments: answers, each kept at once with who gave it, when and from where; forms sent to the person; tasks."""
