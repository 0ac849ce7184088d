"""Addresses of assessment."""

from django.urls import URLPattern, path

from trellis.workspace.assessment import carry_views, form_views, task_views, views

urlpatterns: list[URLPattern] = [
    path("people/<str:key>/assessments/new/", views.begin, name="assessment_begin"),
    path("assessments/<str:key>/", views.assessment, name="assessment"),
    path("assessments/<str:key>/part/<str:group>/", views.part, name="assessment_part"),
    path("assessments/<str:key>/next/", views.adaptive, name="assessment_next"),
    path("assessments/<str:key>/answer/", views.answer, name="assessment_answer"),
    path("assessments/<str:key>/merge/", views.merge, name="assessment_merge"),
    path("assessments/<str:key>/take-back/", views.take_back, name="assessment_take_back"),
    path("assessments/<str:key>/history/<str:fact>/", views.history, name="assessment_history"),
    path("assessments/<str:key>/minutes/", views.minutes, name="assessment_minutes"),
    path("assessments/<str:key>/close/", views.close, name="assessment_close"),
    path("assessments/<str:key>/carry/", carry_views.carry, name="assessment_carry"),
    path("assessments/<str:key>/carry/take/", carry_views.take, name="assessment_carry_take"),
    path("assessments/<str:key>/forms/", form_views.send, name="form_send"),
    path("forms/<str:key>/", form_views.seen, name="form_seen"),
    path("form/<str:token>/", form_views.fill, name="form_fill"),
    path("form/<str:token>/answer/", form_views.answer, name="form_answer"),
    path("tasks/", task_views.tasks, name="tasks"),
    path("tasks/<str:key>/done/", task_views.done, name="task_done"),
    path("tasks/<str:key>/undo/", task_views.undo, name="task_undo"),
    path("recheck/", task_views.recheck, name="recheck"),
    path("recheck/<str:key>/looked/", task_views.looked, name="recheck_looked"),
]
