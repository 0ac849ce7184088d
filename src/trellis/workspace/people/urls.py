"""Addresses of people: the caseload, one person, who looked at the record."""

from django.urls import path

from trellis.workspace.people import views

urlpatterns = [
    path("people/", views.caseload, name="caseload"),
    path("people/new/", views.add, name="person_add"),
    path("people/<str:key>/", views.person, name="person"),
    path("people/<str:key>/seen/", views.seen_by, name="person_seen_by"),
]
