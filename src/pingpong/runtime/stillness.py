"""Whether the clock brings anything: asked each second, so that it costs one statement."""

from datetime import datetime

from django.db import connection

# By hand: the ORM would put together four queries anew each second, to find nothing.
_IS_DUE = """
SELECT EXISTS (SELECT 1 FROM maintenance_maintenance WHERE next_edge_at <= %(now)s)
    OR EXISTS (SELECT 1 FROM events_event WHERE claimed_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM pages_page page LEFT JOIN public_storedpage stored ON stored.page_id = page.id
        WHERE stored.page_id IS NULL OR page.version > stored.version
            OR stored.next_edge_at <= %(now)s
    )
"""


def is_still(now: datetime) -> bool:
    """Tell that no window has an edge, no page is to be rendered, no event waits. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_DUE, {"now": connection.ops.adapt_datetimefield_value(now)})
        return not cursor.fetchone()[0]
