"""Addresses of accounts: one's own, members, invitations, emergency access, and what waits to be sent again."""

from django.urls import path

from trellis.workspace.people import account_views as views

urlpatterns = [
    path("me/", views.own_account, name="own_account"),
    path("me/organizations/", views.memberships, name="memberships"),
    path("me/not-sent/", views.kept, name="kept"),
    path("members/", views.members, name="members"),
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/new/", views.invitation_new, name="invitation_new"),
    path("people/<str:key>/invite/", views.person_invite, name="person_invite"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/to-look-at/", views.emergency_reviews, name="emergency_reviews"),
]
