"""The addresses. Each has a name, and each name a rule in :mod:`trellis.workspace.access.routes`."""

from __future__ import annotations

from django.urls import include, path

from trellis.workspace.site import guide, views

handler400 = "trellis.workspace.site.views.refused"
handler403 = "trellis.workspace.site.views.refused"
handler404 = "trellis.workspace.site.views.not_found"
handler500 = "trellis.workspace.site.views.fault"

urlpatterns = [
    path("", views.front, name="front"),
    path("guide/", guide.page, {"path": ""}, name="guide"),
    path("guide/<path:path>", guide.page, name="guide"),
    path("team/", views.home, name="home"),
    path("team/language/", views.language, name="language"),
    path("team/", include("trellis.workspace.demo.urls")),
    path("team/account/", include("allauth.account.urls")),
    path("team/account/2fa/", include("allauth.mfa.urls")),
    path("team/", include("trellis.workspace.people.account_urls")),
    path("team/", include("trellis.workspace.consent.urls")),
    path("team/", include("trellis.workspace.assessment.urls")),
    path("team/", include("trellis.workspace.people.urls")),
    path("team/", include("trellis.workspace.desk.urls")),
]
