"""Addresses of signing in. allauth asks for its own names; of its pages, only those that an office needs are open."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, reverse_lazy
from django.views.generic import RedirectView

from instead.office.accounts import views

urlpatterns: list[URLPattern] = [
    path("sign-in/", allauth.login, name="login"),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-out/", allauth.logout, name="logout"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("account/", mfa.index, name="account"),
    path("account/", mfa.index, name="mfa_index"),
    path("account/closed/", allauth.account_inactive, name="account_inactive"),
    path("account/confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    # Who has no password was given none on purpose: there is nothing to set.
    path("account/password/none/", RedirectView.as_view(url=reverse_lazy("account")), name="account_set_password"),
    path("account/second-step/", views.SetUpSecondStep.as_view(), name="mfa_activate_totp"),
    path("account/second-step/qr.svg", views.totp_qr, name="totp-qr"),
    path("account/second-step/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
