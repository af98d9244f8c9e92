"""Tries to connect to addresses inside a namespace; answers with the names of the errors."""

import errno
import socket

from lab.programs import answer, read_payload

PORT = 9


def attempt(address: str) -> str:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as one:
        one.settimeout(2)
        try:
            one.connect((address, PORT))
        except TimeoutError:
            return "ETIMEDOUT"
        except OSError as problem:
            return errno.errorcode[problem.errno or 0]
    return "connected"


if __name__ == "__main__":
    answer([attempt(address) for address in read_payload()])
