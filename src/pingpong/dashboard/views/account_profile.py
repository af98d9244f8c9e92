from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pingpong.accounts.people import change_profile
from pingpong.dashboard import toasts
from pingpong.dashboard.forms.profile import ProfileForm
from pingpong.dashboard.project_view import PersonView


class ProfileView(PersonView):
    def get(self, _request: HttpRequest) -> HttpResponse:
        return self._show(ProfileForm(person=self.person))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProfileForm(request.POST, person=self.person)
        if not form.is_valid():
            return self._show(form)
        change_profile(self.person, **form.cleaned_data)
        toasts.say(request, _("Saved."))
        return redirect("dashboard:account")

    def _show(self, form: ProfileForm) -> HttpResponse:
        return self.render("account/profile.html", {"form": form, "tab": "profile"})
