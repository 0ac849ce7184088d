"""Addresses of consent and law."""

from django.urls import URLPattern, path

from trellis.workspace.consent.views import consents, leaving, rights, seen, standing

OF_A_PERSON = "people/<str:key>/"

urlpatterns: list[URLPattern] = [
    path(f"{OF_A_PERSON}consents/", consents.several, name="consents"),
    path(f"{OF_A_PERSON}consents/new/", consents.new, name="consent_new"),
    path(f"{OF_A_PERSON}consents/new/justice/", consents.new_for_justice, name="consent_new_for_justice"),
    path("consents/<str:key>/", consents.one, name="consent"),
    path("consents/<str:key>/change/", consents.change, name="consent_change"),
    path("consents/<str:key>/sign/", consents.sign, name="consent_sign"),
    path("consents/<str:key>/take-back/", consents.take_back, name="consent_take_back"),
    path("consents/<str:key>/end/", consents.end, name="consent_end"),
    path(f"{OF_A_PERSON}record/", leaving.record, name="record"),
    path(f"{OF_A_PERSON}disclosures/", leaving.disclosures, name="disclosures"),
    path(f"{OF_A_PERSON}disclosures/new/<str:kind>/", leaving.disclosure_new, name="disclosure_new"),
    path(f"{OF_A_PERSON}seen/", seen.seen_by, name="person_seen_by"),
    path(f"{OF_A_PERSON}standing/", standing.standing, name="standing"),
    path(f"{OF_A_PERSON}standing/new/<str:kind>/", standing.standing_new, name="standing_new"),
    path(f"{OF_A_PERSON}notes/", standing.notes, name="notes"),
    path(f"{OF_A_PERSON}notes/<int:number>/remove/", standing.note_remove, name="note_remove"),
    path(f"{OF_A_PERSON}complaints/", rights.complaint_new, name="complaint_new"),
    path(f"{OF_A_PERSON}restrictions/", rights.restriction_new, name="restriction_new"),
    path("rights/", rights.rights, name="rights"),
    path("complaints/", rights.complaints, name="complaints"),
    path("complaints/<str:key>/", rights.complaint, name="complaint"),
    path("restrictions/", rights.restrictions, name="restrictions"),
    path("restrictions/<str:key>/", rights.restriction, name="restriction"),
    path("breaches/", rights.breaches, name="breaches"),
    path("breaches/new/", rights.breach_new, name="breach_new"),
    path("breaches/<str:key>/", rights.breach, name="breach"),
    path("law/", rights.law_settings, name="law_settings"),
]
