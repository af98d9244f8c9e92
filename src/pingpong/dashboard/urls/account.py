"""Signing in and one's own account, below /dashboard/account/.

The names are allauth's, which leads from one of its screens to another by them. Its other routes,
signing up above all, are not here.
"""

from django.conf import settings
from django.urls import include, path

from pingpong.dashboard.views import (
    account_email,
    account_passkeys,
    account_password,
    account_second_factor,
    account_sessions,
    reauthenticate,
    sign_in,
)

_entrance = [
    path("login/", sign_in.LoginView.as_view(), name="account_login"),
    path("login/code/", sign_in.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("login/passkey/", sign_in.PasskeyLoginView.as_view(), name="mfa_login_webauthn"),
    path("logout/", sign_in.LogoutView.as_view(), name="account_logout"),
    path("password/reset/", sign_in.PasswordResetView.as_view(), name="account_reset_password"),
    path(
        "password/reset/done/",
        sign_in.PasswordResetDoneView.as_view(),
        name="account_reset_password_done",
    ),
    path(
        "password/reset/key/done/",
        sign_in.PasswordResetFromKeyDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
    path(
        "password/reset/key/<str:uidb36>/<str:key>/",
        sign_in.PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "email/confirm/<str:key>/",
        sign_in.ConfirmEmailView.as_view(),
        name="account_confirm_email",
    ),
]

_again = [
    path("", reauthenticate.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("code/", reauthenticate.ReauthenticateByCodeView.as_view(), name="mfa_reauthenticate"),
    path(
        "passkey/",
        reauthenticate.ReauthenticateByPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]

_second_factor = [
    path("", account_second_factor.SecondFactorView.as_view(), name="mfa_index"),
    path("app/", account_second_factor.ActivateTotpView.as_view(), name="mfa_activate_totp"),
    path(
        "app/remove/",
        account_second_factor.DeactivateTotpView.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "recovery-codes/",
        account_second_factor.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/new/",
        account_second_factor.GenerateRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        account_second_factor.DownloadRecoveryCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", account_passkeys.PasskeysView.as_view(), name="mfa_list_webauthn"),
    path("passkeys/add/", account_passkeys.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        account_passkeys.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/<int:pk>/rename/",
        account_passkeys.RenamePasskeyView.as_view(),
        name="mfa_edit_webauthn",
    ),
]

urlpatterns = [
    *_entrance,
    path("again/", include(_again)),
    path("email/", account_email.EmailView.as_view(), name="account_email"),
    path(
        "password/", account_password.PasswordChangeView.as_view(), name="account_change_password"
    ),
    path("password/set/", account_password.PasswordSetView.as_view(), name="account_set_password"),
    path("second-factor/", include(_second_factor)),
    path("sessions/", account_sessions.SessionsView.as_view(), name="usersessions_list"),
]

if settings.OIDC_ISSUER:
    from pingpong.dashboard.sign_in import oidc

    urlpatterns += oidc.urlpatterns
