"""Addresses of the desk: the caseload, one person."""

from django.urls import path

from trellis.workspace.desk import views

urlpatterns = [
    path("people/", views.caseload, name="caseload"),
    path("people/views/", views.view_keep, name="view_keep"),
    path("people/<str:key>/", views.person, name="person"),
    path("people/<str:key>/team/", views.team, name="person_team"),
]
