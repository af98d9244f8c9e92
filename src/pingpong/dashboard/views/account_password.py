from allauth.account import views as account

from pingpong.dashboard.sign_in.screens import Screen


class PasswordChangeView(Screen, account.PasswordChangeView):
    tab = "password"


class PasswordSetView(Screen, account.PasswordSetView):
    """For whoever has none yet, as everything was done by a provider."""

    tab = "password"
