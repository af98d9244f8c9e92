"""PingPong Status Pages: self-hosted status pages with the PingPong REST API."""

__version__ = "0.1.0"
