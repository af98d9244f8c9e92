"""A date and a time of day, as browsers send them."""

from django import forms

MINUTE_FORMAT = "%Y-%m-%dT%H:%M"
# As the API takes them. Beyond, clocks of other zones show no date, and no page could be drawn.
YEARS = range(2000, 2100)


class Minute(forms.DateTimeInput):
    """A date and a time of day in the viewer's zone."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MINUTE_FORMAT)
