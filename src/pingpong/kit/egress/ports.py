"""Which ports a web request may be sent to.

A request to a service that speaks something else can still make that service act. A bare TCP
connection says nothing, so that monitors of kind tcp may reach the ports of mail and databases.
"""

_PRIVILEGED = 1024
_WEB_BELOW = frozenset({80, 81, 280, 443, 488, 591, 777})
_NOT_WEB = frozenset(
    {
        *(1080, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2377, 2379, 2380),
        *(3306, 3389, 3659, 4045, 4190, 4369, 5038, 5060, 5061, 5432, 5433, 5671, 5672),
        *range(5900, 5911),
        *range(6000, 6064),
        *(6379, 6380, 6432, 6566, *range(6665, 6670), 6697, 9042, 9092, 9300, 10080, 10250, 10255),
        *(11211, 11212, 11214, 11215, 16379, 26379, 27017, 27018, 27019, 50000),
    }
)


def is_for_web(port: int) -> bool:
    return port in _WEB_BELOW or (port >= _PRIVILEGED and port not in _NOT_WEB)
