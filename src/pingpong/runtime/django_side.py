"""Django for commands: set up late, and its troubles told in one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, OperationalError

from .problem import DatabaseUnusableError, StartError


def set_up_django() -> None:
    """Load settings and models; raise StartError when a setting cannot be read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingpong.config.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as problem:
        raise StartError(f"The settings cannot be used: {_sentence(problem)}") from problem


@contextmanager
def database_troubles_told() -> Iterator[None]:
    """Turn what the database refuses into a DatabaseUnusableError."""
    try:
        yield
    except OperationalError as problem:
        raise DatabaseUnusableError(
            f"The database cannot be reached: {_sentence(problem)}"
        ) from problem
    except Error as problem:
        raise DatabaseUnusableError(
            f"The database cannot be used: {_sentence(problem)}"
        ) from problem


def _sentence(problem: Exception) -> str:
    first_line = str(problem).strip().partition("\n")[0]
    return first_line.rstrip(".") + "."
