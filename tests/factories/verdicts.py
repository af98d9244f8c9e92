from pingpong.monitors.models import Monitor, Verdict, VerdictSpan

from .moments import at


def remember(monitor: Monitor, *story: tuple[str, float, float]) -> None:
    """Make the verdicts of a monitor these, in minutes of the story; the last one stands now."""
    *past, (state, since, until) = [
        (state, int(at(start).timestamp()), int(at(end).timestamp())) for state, start, end in story
    ]
    VerdictSpan.objects.filter(monitor=monitor).delete()
    VerdictSpan.objects.bulk_create(
        VerdictSpan(monitor=monitor, state=state, start=start, end=end)
        for state, start, end in past
    )
    Verdict.objects.update_or_create(
        monitor=monitor, defaults={"state": state, "since": since, "covered_until": until}
    )
