"""Addresses of people: the caseload, one person."""

from django.urls import path

from trellis.workspace.people import views

urlpatterns = [
    path("people/", views.caseload, name="caseload"),
    path("people/new/", views.add, name="person_add"),
    path("people/<str:key>/", views.person, name="person"),
]
