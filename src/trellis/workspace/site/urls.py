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
    path("work/", views.home, name="home"),
    path("work/language/", views.language, name="language"),
    path("work/", include("trellis.workspace.demo.urls")),
    path("work/account/", include("allauth.account.urls")),
    path("work/account/2fa/", include("allauth.mfa.urls")),
    path("work/", include("trellis.workspace.people.account_urls")),
    path("work/", include("trellis.workspace.consent.urls")),
    path("work/", include("trellis.workspace.assessment.urls")),
    path("work/", include("trellis.workspace.people.urls")),
    path("work/", include("trellis.workspace.desk.urls")),
]
