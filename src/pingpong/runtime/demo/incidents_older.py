"""ACME's incidents, from the oldest to the one that touched nearly everything."""

from datetime import time

from pingpong.components.status import Status
from pingpong.incidents.models import IncidentStatus

from .story import DaysAgo, Story, Told

_INVESTIGATING = IncidentStatus.INVESTIGATING.value
_IDENTIFIED = IncidentStatus.IDENTIFIED.value
_VERIFYING = IncidentStatus.VERIFYING.value
_RESOLVED = IncidentStatus.RESOLVED.value
_MINOR = Status.MINOR.value
_MAJOR = Status.MAJOR.value
_CRITICAL = Status.CRITICAL.value
_UNAVAILABLE = Status.UNAVAILABLE.value

OLDER = (
    Story(
        title="Slow responses from the API",
        message="About one request in ten takes longer than two seconds. No request is lost.",
        began=DaysAgo(87, time(13, 42)),
        noticed=5,
        by="Huey",
        affected=(("API", _MINOR),),
        updates=(
            Told(
                11,
                _INVESTIGATING,
                "Huey",
                "The slow requests all list large accounts. We are looking at the queries behind "
                "them.",
            ),
            Told(
                28,
                _IDENTIFIED,
                "Dewey",
                "Yesterday's release dropped an index that these lists rely on. We are building "
                "it again, without a lock.",
            ),
            Told(
                52,
                _RESOLVED,
                "Dewey",
                "The index is back and response times are as before. The release check now "
                "compares indexes.",
            ),
        ),
    ),
    Story(
        title="E-mail is delivered late",
        message="Invitations and receipts arrive with a delay of up to an hour. "
        "Nothing is lost; every message will be delivered.",
        began=DaysAgo(80, time(7, 15)),
        noticed=12,
        by="Louie",
        affected=(("E-mail", _MAJOR),),
        updates=(
            Told(
                20,
                _INVESTIGATING,
                "Louie",
                "Our provider accepts messages more slowly than usual. We have opened a ticket.",
            ),
            Told(
                64,
                _IDENTIFIED,
                "Louie",
                "The provider confirms a backlog in one of its regions and is moving our traffic "
                "to another one.",
            ),
            Told(
                151,
                _VERIFYING,
                "Huey",
                "New messages go out at once. The queue of older ones is being worked off.",
            ),
            Told(188, _RESOLVED, "Huey", "All delayed messages have been delivered."),
        ),
    ),
    Story(
        title="Database replica connection failure",
        message="<b>Summary</b><br>API can not connect to the database replica.",
        began=DaysAgo(73, time(9, 2, 24)),
        noticed=1,
        by="Donald Duck",
        affected=(("API", _CRITICAL), ("Read replicas", _CRITICAL)),
        updates=(
            Told(4, _INVESTIGATING, "Huey", "Our devs are looking into the issue."),
            Told(
                13,
                _IDENTIFIED,
                "Dewey",
                "Our devs have found the issue and researching a solution.",
            ),
            Told(
                25,
                _VERIFYING,
                "Louie",
                "A fix has been deployed and our devs are verifying the solution.",
            ),
            Told(
                34,
                _RESOLVED,
                "Louie",
                "The API reads from the replica again. A rotated password had not reached one of "
                "its hosts; rotation now waits until every host confirms.",
            ),
        ),
    ),
    Story(
        title="Images are missing for some visitors",
        message="Visitors in South America see broken images in our CDN's São Paulo region. "
        "Pages work otherwise.",
        began=DaysAgo(66, time(16, 30)),
        noticed=9,
        by="Dewey",
        affected=(("CDN", _MAJOR),),
        updates=(
            Told(
                15,
                _IDENTIFIED,
                "Dewey",
                "One location of the CDN answers with errors. We have asked for it to be taken "
                "out and lowered the lifetime of cached errors to ten seconds.",
            ),
            Told(
                58,
                _VERIFYING,
                "Dewey",
                "The location is out of service and visitors are sent to the next one.",
            ),
            Told(77, _RESOLVED, "Louie", "Images load everywhere."),
        ),
    ),
    Story(
        title="Sign-in to the dashboard fails",
        message="After signing in, the dashboard returns to the sign-in page. "
        "The API and its tokens are <b>not</b> affected.",
        began=DaysAgo(58, time(10, 51)),
        noticed=3,
        by="Huey",
        affected=(("Dashboard", _UNAVAILABLE),),
        updates=(
            Told(
                7,
                _INVESTIGATING,
                "Huey",
                "Sessions are not kept since this morning's release. We are rolling it back.",
            ),
            Told(
                16,
                _VERIFYING,
                "Huey",
                "The previous release is running. You may have to sign in once more.",
            ),
            Told(
                22,
                _RESOLVED,
                "Donald Duck",
                "Signing in works. The new cookie settings will come back with a test that signs "
                "in through a real browser.",
            ),
        ),
    ),
    Story(
        title="Some webhooks are sent twice",
        message="A small share of webhooks reaches you twice, with the same <code>id</code>. "
        "If you already drop ids that you know, there is nothing to do.",
        began=DaysAgo(51, time(18, 5)),
        noticed=25,
        by="Louie",
        affected=(("Webhooks", _MINOR),),
        updates=(
            Told(
                40,
                _INVESTIGATING,
                "Louie",
                "It happens when a receiver answers after 9 to 10 seconds, close to our limit.",
            ),
            Told(
                96,
                _IDENTIFIED,
                "Dewey",
                "Two clocks disagree on when a message has failed. We are making one of them the "
                "judge.",
            ),
            Told(161, _RESOLVED, "Dewey", "Deployed; no webhook was sent twice in the last hour."),
        ),
    ),
    Story(
        title="Search finds nothing",
        message="Every search answers with an empty list. Your data is safe; only the index is "
        "affected.",
        began=DaysAgo(43, time(11, 20)),
        noticed=4,
        by="Dewey",
        affected=(("Search", _CRITICAL),),
        updates=(
            Told(
                9,
                _INVESTIGATING,
                "Dewey",
                "The index is there, but the service reads an empty one.",
            ),
            Told(
                19,
                _IDENTIFIED,
                "Huey",
                "A start of the service picked up the index of our test set-up. We are pointing "
                "it back.",
            ),
            Told(
                41,
                _RESOLVED,
                "Huey",
                "Search finds everything again, and the service refuses to start on an index of "
                "another set-up.",
            ),
        ),
    ),
    Story(
        title="Power failure in a data centre",
        message="One of our two data centres has lost power. "
        "Most of ACME is down while traffic moves to the other one.",
        began=DaysAgo(37, time(4, 11)),
        noticed=2,
        by="Louie",
        affected=(
            ("API", _CRITICAL),
            ("Website", _UNAVAILABLE),
            ("Dashboard", _UNAVAILABLE),
            ("Webhooks", _MAJOR),
            ("DB", _MAJOR),
            ("Read replicas", _CRITICAL),
            ("Cache", _MINOR),
        ),
        updates=(
            Told(
                6,
                _INVESTIGATING,
                "Louie",
                "The databases have switched over by themselves. Web servers have not; we are "
                "starting them by hand.",
            ),
            Told(
                17,
                _IDENTIFIED,
                "Donald Duck",
                "A transformer has failed and the generators did not take over. The operator is "
                "on site.",
            ),
            Told(
                33,
                _VERIFYING,
                "Huey",
                "API, website and dashboard answer from the second data centre, more slowly than "
                "usual.",
            ),
            Told(
                47,
                _RESOLVED,
                "Donald Duck",
                "<b>Everything works again.</b><br>What we change:"
                "<ul><li>web servers switch over without us, as the databases did;</li>"
                "<li>we practise it on the first Tuesday of each month;</li>"
                "<li>webhooks that were held back have all been sent.</li></ul>",
            ),
        ),
    ),
)
