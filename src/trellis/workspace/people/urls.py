"""Addresses of people: a new person."""

from django.urls import path

from trellis.workspace.people import views

urlpatterns = [path("people/new/", views.add, name="person_add")]
