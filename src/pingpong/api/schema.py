"""OpenAPI 3.1 of what the API answers, errors included."""

from collections.abc import Callable
from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from .answers import DetailAnswer
from .idempotency import MAX_KEY_LENGTH
from .pagination import MAX_LIMIT, MAX_OFFSET

_PROBLEMS = {
    "type": "object",
    "description": "The problems by field, or `non_field_errors`, or one `detail`.",
    "additionalProperties": True,
}
_ENUM_MARK = "x-spec-enum-id"
_BODY_METHODS = ("POST", "PUT", "PATCH")

LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    description="At most so many; the headers X-Total-Count and Link tell of the rest.",
)
OFFSET = OpenApiParameter(
    "offset", {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET}, description="Skip so many."
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "maxLength": MAX_KEY_LENGTH, "pattern": "^[ -~]*[!-~][ -~]*$"},
    location=OpenApiParameter.HEADER,
    description="The same key and payload within 24 hours answers the first result again.",
)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # its registry
    target_class = "pingpong.api.auth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002 -- its signature
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token <token>`",
        }


class ContractSchema(AutoSchema):
    """Adds the errors that every operation of a kind can answer."""

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, sentence in self._errors().items():
            shape: Any = _PROBLEMS if status == "400" else DetailAnswer
            answer = OpenApiResponse(shape, description=sentence)
            bodies.setdefault(status, self._answer(answer, status, direction))
        return dict(sorted(bodies.items()))

    def _errors(self) -> dict[str, str]:
        errors = {"405": "The path knows no such method.", "503": "Busy: see Retry-After."}
        if self.path_parameters():
            errors["404"] = "Unknown, or not of this project."
        if not self.view.permission_classes:
            return errors
        errors |= {
            "401": "No token, or none that counts.",
            "429": "Too many requests: see Retry-After.",
        }
        if self.method != "GET":
            errors |= {
                "403": "The token's owner has no such right.",
                "409": "Another request was faster.",
            }
        if self.method in _BODY_METHODS:
            errors |= {
                "400": "The body is not what the operation takes.",
                "413": "The body is too large.",
                "415": "The body is no JSON.",
            }
        elif self.method == "GET":
            errors["400"] = "A query parameter is not what the operation takes."
        if self.method == "POST":
            errors["422"] = "The Idempotency-Key was used with another request."
        return errors

    def _answer(self, answer: Any, status: str, direction: str) -> Any:
        build: Any = self._get_response_for_code
        return build(answer, status, direction=direction)

    def get_description(self) -> str:  # type: ignore[override] # drf-spectacular calls it so
        """Return nothing: docstrings speak to developers, summaries to clients."""
        return ""

    def get_operation_id(self) -> str:
        """Name the operation by its summary: `create_an_incident`."""
        words = str(self.get_summary() or super().get_operation_id()).lower().split()
        return "_".join([*words, "partly"] if self.method == "PATCH" else words)

    def path_parameters(self) -> bool:
        return "{" in self.path


def only_canonical(endpoints: list[Any], **_: Any) -> list[Any]:
    """Leave aliases and trailing slashes out of the document (drf-spectacular's hook)."""
    from .routes import CANONICAL_PATHS

    return [one for one in endpoints if one[0] in CANONICAL_PATHS]


def without_marks(result: Any, **_: Any) -> Any:
    """Take out drf-spectacular's own notes on enums (its hook, applied to each part)."""
    if isinstance(result, dict):
        return {key: without_marks(one) for key, one in result.items() if key != _ENUM_MARK}
    return [without_marks(one) for one in result] if isinstance(result, list) else result


def documented(
    summary: str,
    *,
    tag: str,
    answer: Any,
    body: Any = None,
    status: int = 200,
    parameters: list[OpenApiParameter] | None = None,
) -> Callable[[Any], Any]:
    """Say what an operation takes and answers."""
    return extend_schema(
        summary=summary,
        tags=[tag],
        request=body,
        responses={status: OpenApiResponse(answer) if answer is not None else None},
        parameters=parameters or [],
    )
