"""Short words after an action, with a way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show a sentence on the next screen; a POST to `undo` takes the action back."""
    messages.add_message(request, messages.SUCCESS, text, extra_tags=undo)


def warn(request: HttpRequest, text: str) -> None:
    """Show a sentence that something was not done."""
    messages.add_message(request, messages.WARNING, text)
