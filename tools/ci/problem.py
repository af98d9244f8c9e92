class CiError(Exception):
    """Why the run cannot go on: one sentence for a person."""
