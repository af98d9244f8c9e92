"""Who hears of a message before it is sent."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from pingpong.pages.models import Page
from pingpong.teams.models import Membership


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people of the team there are. Of subscribers there are none yet to count."""

    team: int

    @property
    def words(self) -> str:
        """Say it in one sentence."""
        return ngettext(
            "%(count)d person of the team sees it in the dashboard. The page has no subscribers, "
            "so no message is sent.",
            "%(count)d people of the team see it in the dashboard. The page has no subscribers, "
            "so no message is sent.",
            self.team,
        ) % {"count": self.team}


def audience_of(page: Page) -> Audience:
    """Count the people. One query."""
    return Audience(Membership.objects.filter(page=page).count())
