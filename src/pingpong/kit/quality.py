"""The weights in request headers that say what a reader likes (RFC 9110, section 12.4.2)."""

# Beyond this a header is not read: nobody's likes are so long.
LONGEST_HEADER = 512


def weight_of(parameters: str) -> float:
    """Return what ``q=0.5`` says: 1 where there is no weight, 0 where it is not a number."""
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
