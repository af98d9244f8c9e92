"""The API's surface as data, read off the URL table: a new route or field is met by itself."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework.serializers import Field, Serializer

from fixtures.cast import Belongings
from pingpong.api.resources.metrics import PauseView, ResumeView
from pingpong.api.routes import ROUTES, Route

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WRITES = ("POST", "PUT", "PATCH")
UNKNOWN_ID = "z" * 22

# What the parameters of a path name; a path that is new here fails until it is added.
_NAMED = {
    "components/<str:id>": {"id": "component"},
    "components/<str:id>/status": {"id": "component"},
    "component-groups/<str:id>": {"id": "group"},
    "incidents/<str:id>": {"id": "incident"},
    "incidents/<str:incident_id>/updates": {"incident_id": "incident"},
    "incidents/<str:incident_id>/updates/<str:update_id>": {
        "incident_id": "incident",
        "update_id": "update",
    },
    "maintenance/<str:id>": {"id": "maintenance"},
    "metrics/<str:id>": {"id": "monitor"},
    "metrics/<str:id>/pause": {"id": "monitor"},
    "metrics/<str:id>/resume": {"id": "monitor"},
    "metrics/<str:id>/checks": {"id": "monitor"},
    "metrics/<str:id>/history": {"id": "monitor"},
    "custom-metrics/<str:id>/data": {"id": "custom_metric"},
    "custom-metrics/<str:id>": {"id": "custom_metric"},
}


@dataclass(frozen=True)
class Operation:
    """One method of one canonical path below /rest/v1."""

    route: Route
    method: str

    @property
    def path(self) -> str:
        return self.route.path.removeprefix("rest/v1")

    @property
    def parameters(self) -> dict[str, str]:
        """Return, by parameter, the field of `Belongings` that it names."""
        return _NAMED[self.path.strip("/")] if "<" in self.path else {}

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def is_widget(route: Route) -> bool:
    return route.path.startswith("widget/")


PROJECT_ROUTES = [route for route in ROUTES if route.path.startswith("rest/v1/")]
WIDGETS = [route for route in ROUTES if is_widget(route)]
OPERATIONS = [
    Operation(route, method)
    for route in PROJECT_ROUTES
    for method in METHODS
    if hasattr(route.view, method.lower())
]
WITH_ID = [operation for operation in OPERATIONS if operation.parameters]
# Their path says it all.
WITHOUT_BODY = (PauseView, ResumeView)
# PATCH is PUT (contract/test_spellings.py proves it): what reads its body is tried once.
READING_BODIES = [
    one
    for one in OPERATIONS
    if one.method in ("POST", "PUT") and one.route.view not in WITHOUT_BODY
]
LISTS = [
    Operation(route, "GET")
    for route in PROJECT_ROUTES
    if hasattr(route.view, "get") and route.view.__name__.endswith(("ListView", "IncidentsView"))
]


def ids_in(operation: Operation, of: Belongings) -> dict[str, str]:
    """Return the path's parameters, naming what is given."""
    return {name: getattr(of, field).pk for name, field in operation.parameters.items()}


def filled(path: str, ids: dict[str, str]) -> str:
    for name, row_id in ids.items():
        path = path.replace(f"<str:{name}>", row_id)
    return path


def path_to(operation: Operation, of: Belongings) -> str:
    return filled(operation.path, ids_in(operation, of))


@cache
def _forms() -> dict[tuple[str, str], Any]:
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    found = {}
    for path, _, method, view in generator._get_paths_and_endpoints():
        view.schema.path, view.schema.method = path, method
        found[path, method] = view.schema.get_request_serializer()
    return found


def form_of(operation: Operation) -> Serializer[Any] | None:
    """Return the serializer that reads the body, or None where a function does."""
    path = "/" + operation.route.path.replace("<str:", "{").replace(">", "}")
    for method in (operation.method, "PUT"):
        form = _forms().get((path, method))
        form = form() if isinstance(form, type) else form
        if isinstance(form, Serializer):
            return form
    return None


@dataclass(frozen=True)
class Place:
    """One field of one operation's body."""

    operation: Operation
    name: str
    field: Field[Any, Any, Any, Any]

    def __str__(self) -> str:
        return f"{self.operation} {self.name}"


def places() -> list[Place]:
    return [
        Place(operation, name, field)
        for operation in READING_BODIES
        if (form := form_of(operation)) is not None
        for name, field in form.fields.items()
    ]
