"""A primary key of 22 base57 characters."""

from typing import TYPE_CHECKING, Any

from django.db import models

from pingpong.kit.ids import ID_LENGTH, new_id

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField  # takes no parameters at run time


class ShortIdField(_Text):
    """The contract's ``uuid <= 22 characters``, made by us, opaque to clients."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("primary_key", True)
        options["max_length"] = ID_LENGTH
        options["default"] = new_id
        options["editable"] = False
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for ours in ("max_length", "default", "editable"):
            options.pop(ours, None)
        return name, path, args, options
