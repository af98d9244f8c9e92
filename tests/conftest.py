"""What every test has: fixtures live in fixtures/, makers of objects in factories/."""

pytest_plugins = [
    "fixtures.environment",  # first: it gives Django a data folder of its own
    "fixtures.sockets",
    "fixtures.network",
    "fixtures.cast",
    "fixtures.queries",
    "fixtures.visitors",
    "fixtures.chromium",
]
