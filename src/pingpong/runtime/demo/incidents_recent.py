"""ACME's incidents of the last month; the last one is still going on."""

from datetime import time

from pingpong.components.status import Status
from pingpong.incidents.models import IncidentStatus

from .story import DaysAgo, MinutesAgo, Story, Told

_INVESTIGATING = IncidentStatus.INVESTIGATING.value
_IDENTIFIED = IncidentStatus.IDENTIFIED.value
_VERIFYING = IncidentStatus.VERIFYING.value
_RESOLVED = IncidentStatus.RESOLVED.value
_MINOR = Status.MINOR.value
_MAJOR = Status.MAJOR.value
_CRITICAL = Status.CRITICAL.value
_UNAVAILABLE = Status.UNAVAILABLE.value

ONGOING = Story(
    title="Search results are out of date",
    message="What you changed in the last half hour may be missing from search results. "
    "Lists, exports and the API show everything.",
    began=MinutesAgo(41),
    noticed=2,
    by="Huey",
    affected=(("Search", _MINOR),),
    updates=(
        Told(
            6,
            _INVESTIGATING,
            "Huey",
            "The index takes in changes more slowly than they come. We are looking into it.",
        ),
        Told(
            23,
            _IDENTIFIED,
            "Dewey",
            "A very large import keeps the queue busy. We are giving it a queue of its own; "
            "searches should be up to date within the hour.",
        ),
    ),
)

RECENT = (
    Story(
        title="Some card payments are declined",
        message="Cards of one issuer are declined without a reason. Direct debit and other "
        "cards work.",
        began=DaysAgo(30, time(15, 8)),
        noticed=14,
        by="Louie",
        affected=(("Payments", _MAJOR),),
        updates=(
            Told(
                22,
                _INVESTIGATING,
                "Louie",
                "We have sent examples to the payment provider. No card is charged twice.",
            ),
            Told(
                49,
                _IDENTIFIED,
                "Dewey",
                "The issuer's 3-D Secure server does not answer; the provider routes around it.",
            ),
            Told(
                94,
                _RESOLVED,
                "Dewey",
                "Payments go through. Renewals that failed today are tried again tonight.",
            ),
        ),
    ),
    Story(
        title="Documentation shows a certificate warning",
        message="Browsers warn of an expired certificate on our documentation.",
        began=DaysAgo(25, time(0, 0)),
        noticed=6,
        by="Dewey",
        affected=(("Documentation", _CRITICAL),),
        updates=(
            Told(
                18,
                _RESOLVED,
                "Dewey",
                "The certificate is renewed. It was the last one that we renewed by hand.",
            ),
        ),
    ),
    Story(
        title="Webhooks are delayed",
        message="Webhooks arrive up to 20 minutes late. Their order is kept.",
        began=DaysAgo(18, time(12, 24)),
        noticed=8,
        by="Huey",
        affected=(("Webhooks", _MAJOR),),
        updates=(
            Told(
                13,
                _IDENTIFIED,
                "Huey",
                "One worker of four hangs on a receiver that never closes its connection. We are "
                "restarting it.",
            ),
            Told(30, _RESOLVED, "Huey", "The queue is empty and webhooks are sent at once."),
            Told(
                55,
                _INVESTIGATING,
                "Louie",
                "The queue grows again: a second worker hangs. We reopen this incident.",
            ),
            Told(
                83,
                _VERIFYING,
                "Louie",
                "Every delivery now has a deadline for the whole exchange. We are watching the "
                "queue.",
            ),
            Told(110, _RESOLVED, "Louie", "No delivery has taken longer than its deadline."),
        ),
    ),
    # It begins while the API is in maintenance and outlasts it.
    Story(
        title="Large uploads to the API fail",
        message="Uploads of more than 10 MB end with status 413. Smaller ones work.",
        began=DaysAgo(12, time(3, 12)),
        noticed=21,
        by="Dewey",
        affected=(("API", _MINOR),),
        updates=(
            Told(
                27,
                _IDENTIFIED,
                "Dewey",
                "The new load balancers came with a lower limit than the old ones. We are raising "
                "it.",
            ),
            Told(46, _RESOLVED, "Dewey", "Uploads of up to 100 MB work, as documented."),
        ),
    ),
    Story(
        title="E-mail is not delivered",
        message="No e-mail leaves our systems: our provider is down. "
        "Messages are kept and will be sent.",
        began=DaysAgo(8, time(8, 40)),
        noticed=3,
        by="Louie",
        affected=(("E-mail", _UNAVAILABLE), ("Website", _MINOR)),
        updates=(
            Told(
                10,
                _IDENTIFIED,
                "Louie",
                "The provider confirms an outage. Codes for signing in can be had by text message "
                "meanwhile.",
            ),
            Told(
                62,
                _IDENTIFIED,
                "Huey",
                "Still down. We are moving codes and alerts to our second provider.",
            ),
            Told(
                97,
                _VERIFYING,
                "Huey",
                "Codes and alerts go out by the second provider; the first one is coming back.",
            ),
            Told(112, _RESOLVED, "Donald Duck", "All messages that were kept have been sent."),
        ),
    ),
    Story(
        title="Charts in the dashboard are empty",
        message="Charts of the last 24 hours show no data. The numbers are there and exports "
        "have them.",
        began=DaysAgo(4, time(14, 47)),
        noticed=7,
        by="Dewey",
        affected=(("Dashboard", _MINOR), ("Cache", _MINOR)),
        updates=(
            Told(12, _INVESTIGATING, "Dewey", "We are looking into it."),
            Told(
                21,
                _IDENTIFIED,
                "Dewey",
                "The cache was full and refused new charts. We have doubled it.",
            ),
            Told(35, _RESOLVED, "Louie", "Charts are complete. We are warned at 80 % from now on."),
        ),
    ),
    ONGOING,
)
