"""Lines that feed a custom metric, ready to be pasted; only the token is left open."""

import json

from django.conf import settings

from pingpong.custom_metrics.models import CustomMetric

# Filled in by who pastes it: a token is shown on its own screen only.
TOKEN = "YOUR_TOKEN"  # noqa: S105 -- a placeholder, no token


def curl_line(metric: CustomMetric) -> str:
    """Return a command that sends the value 42 for the present minute."""
    before, after = json.dumps({"data": {metric.pk: [{"timestamp": "?", "value": 42}]}}).split(
        '"?"'
    )
    return (
        f"curl -X POST {settings.BASE_URL}/rest/v1/custom-metrics/data "
        f"-H 'Authorization: Token {TOKEN}' -H 'Content-Type: application/json' "
        f"""-d '{before}'"$(date +%s)"'{after}'"""
    )


def cron_line(metric: CustomMetric) -> str:
    """Return a line of a crontab that does so each minute; there a percent sign is escaped."""
    return f"* * * * * {curl_line(metric)} -fsS -o /dev/null".replace("%", r"\%")
