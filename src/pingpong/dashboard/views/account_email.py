"""The address that somebody signs in with. A new one counts when it was verified."""

from typing import Any, cast

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.accounts.mail import can_send
from pingpong.accounts.models import Person
from pingpong.accounts.people import PersonInvalidError, change_email
from pingpong.dashboard.sign_in.screens import Screen


class EmailView(Screen, account.EmailView):
    """Without a mail server nothing can be verified: then a new address counts at once."""

    tab = "email"

    def form_valid(self, form: Any) -> HttpResponse:
        if can_send():
            response: HttpResponse = super().form_valid(form)
            return response
        raise_if_reauthentication_required(self.request, app="allauth.account")
        person = cast("Person", self.request.user)
        before = person.email
        try:
            change_email(person, form.cleaned_data["email"])
        except PersonInvalidError:
            form.add_error("email", get_adapter().validation_error("email_taken"))
            return self.form_invalid(form)
        context = {"from_email": before, "to_email": person.email}
        get_adapter().send_notification_mail(
            "account/email/email_changed", person, context, email=before
        )
        messages.success(self.request, _("You sign in with the new address from now on."))
        return redirect("account_email")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = super().get_context_data(**kwargs)
        pending = EmailAddress.objects.filter(user=self.request.user, primary=False).first()
        return known | {"pending": pending}
