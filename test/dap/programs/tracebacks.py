"""Uploads so many bytes to a server that refuses them, and shows the traceback in each way that Python has."""

import io
import logging
import re
import sys
import traceback
import urllib.error
import urllib.request

log = io.StringIO()
logging.basicConfig(stream=log)


def show(way, text):
    # Which exception it is varies with the moment; the frames do not.
    print(way, *re.findall(r'(\w+\.py)", line (\d+), in (\w+)', text))


def told(error):
    show("format_exc", traceback.format_exc())
    show("exc_info", "".join(traceback.format_tb(sys.exc_info()[2])))
    show("reason", "".join(traceback.format_tb(error.reason.__traceback__)))
    logging.exception("failed")
    show("logging", log.getvalue())


try:
    urllib.request.urlopen(sys.argv[1], b"x" * int(sys.argv[2]), timeout=30)
except urllib.error.URLError as error:
    told(error)
