"""Addresses of people: the caseload, one person."""

from django.urls import path

from trellis.workspace.people import desk, views

urlpatterns = [
    path("people/", desk.caseload, name="caseload"),
    path("people/new/", views.add, name="person_add"),
    path("people/views/", desk.view_keep, name="view_keep"),
    path("people/<str:key>/", desk.person, name="person"),
    path("people/<str:key>/team/", desk.team, name="person_team"),
]
