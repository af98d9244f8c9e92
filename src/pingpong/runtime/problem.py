"""What keeps a command from doing its work, told in one sentence."""


class StartError(Exception):
    """The text is one whole sentence for a person; no traceback follows it."""


class DatabaseUnusableError(StartError):
    """The database does not answer, or refuses."""
