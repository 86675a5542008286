"""Addresses of accounts, people and organisations."""

from django.urls import path

from tongchou.web.people import account_views as account
from tongchou.web.people import organisation_views as organisations
from tongchou.web.people import person_views as person

app_name = "people"
urlpatterns = [
    path("", organisations.organisations, name="organisations"),
    path("list.<slug:suffix>", organisations.organisations_export, name="organisations-export"),
    path("organisations/<str:id_>/", organisations.organisation, name="organisation"),
    path("organisations/<str:id_>.<slug:suffix>", organisations.organisation_export, name="organisation-export"),
    path("organisations/<str:id_>/email", organisations.office_email, name="office-email"),
    path("permissions/", organisations.permissions, name="permissions"),
    path("permissions.<slug:suffix>", organisations.permissions_export, name="permissions-export"),
    path("persons/<int:pk>/", person.person, name="person"),
    path("persons/<int:pk>/roles", person.role_given, name="role-given"),
    path("roles/<int:pk>/end", person.role_ended, name="role-ended"),
    path("persons/<int:pk>/<slug:act>", person.act, name="person-act"),
    path("account/", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("account/sessions", account.sessions_end, name="sessions-end"),
    path("account/second-factor", account.second_factor, name="second-factor"),
    path("account/second-factor/confirm", account.second_factor_confirm, name="second-factor-confirm"),
]
