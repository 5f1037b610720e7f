"""Uploads that fail, from several places; at which of them to stop is for the debugger to say."""

import http.client
import sys
import urllib.request


def other(url, data):
    """Fails the same way, elsewhere."""
    try:
        urllib.request.urlopen(url, data, timeout=30)
    except OSError as error:
        print("other", type(error).__name__, flush=True)


def chosen(url, data):
    """A call on several lines."""
    try:
        urllib.request.urlopen(  # @chosen
            urllib.request.Request(url, data, method="PUT"),
            timeout=30,
        )  # @end
    except OSError as error:
        print("chosen", type(error).__name__, flush=True)


def apart(url):
    """Asks in one place and hears of it in another."""
    connection = http.client.HTTPConnection(url.split("/")[2])
    connection.request("GET", "/unknown")
    connection.getresponse().read()
    connection.request("GET", "/nothing")  # @asks
    print("apart", connection.getresponse().status, flush=True)  # @hears
    connection.close()


def main(refusing, closed, finding):
    """All of them, the same ones again."""
    data = b"x" * 12_000_000
    other(refusing, data)
    chosen(refusing, data)
    chosen(refusing, data)
    other(closed, data)
    chosen(closed, data)
    apart(finding)


main(*sys.argv[1:])
