"""ACME's planned work: four windows that are over, one to come."""

from datetime import time

from .story import DaysAgo, Window

UPCOMING = Window(
    title="Database migration",
    message="Upgrading version of <b>main database</b> from version 9.0 to "
    "<strikethrough>10.0</strikethrough> 10.2.",
    begins=DaysAgo(-2, time(22)),
    minutes=60,
    announced=4,
    by="Donald Duck",
    affected=("API", "DB"),
)

WINDOWS = (
    Window(
        title="Move to new web servers",
        message="We move the website to new machines. Pages may take a few seconds longer "
        "for an hour; nothing is lost.",
        begins=DaysAgo(78, time(2)),
        minutes=60,
        announced=6,
        by="Daisy",
        affected=("Website", "Dashboard"),
    ),
    Window(
        title="Change of certificates for e-mail",
        message="Messages sent during the change wait in a queue and follow right after it.",
        begins=DaysAgo(54, time(1)),
        minutes=45,
        announced=3,
        by="Louie",
        affected=("E-mail",),
    ),
    Window(
        title="Security updates of the databases",
        message="Replicas are restarted one after the other, then the databases switch over. "
        "Expect <b>two interruptions</b> of at most 30 seconds each.",
        begins=DaysAgo(26, time(3)),
        minutes=90,
        announced=7,
        by="Daisy",
        affected=("DB", "Read replicas"),
    ),
    Window(
        title="New load balancers",
        message="Requests move to new load balancers, a tenth of them at a time. "
        "Addresses and certificates stay the same.",
        begins=DaysAgo(12, time(2, 30)),
        minutes=60,
        announced=5,
        by="Daisy",
        affected=("API", "Website"),
    ),
    UPCOMING,
)
