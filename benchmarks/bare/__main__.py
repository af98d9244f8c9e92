"""Serves the bare views with the very server and options that the product runs on."""

import sys

from pingpong.runtime import web

web.TARGET = "bare.wsgi:application"

if __name__ == "__main__":
    web.run_web(host="127.0.0.1", port=int(sys.argv[1]), workers=1)
