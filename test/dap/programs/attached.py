"""Opens a connection, and uploads over it when told to: "listen" or "connect PORT" has debugpy come in."""

import http.client
import sys

debugpy_folder, host, size, how, *more = sys.argv[1:]
connection = http.client.HTTPConnection(host, timeout=30)
connection.connect()
if how != "inject":
    sys.path.insert(0, debugpy_folder)
    import debugpy

    if how == "listen":
        print("listening", debugpy.listen(("127.0.0.1", 0))[1], flush=True)
    else:
        debugpy.connect(("127.0.0.1", int(more[0])))
else:
    print("running", flush=True)


def upload():
    try:
        connection.request("POST", "/upload", body=b"x" * int(size))  # @sends
        print("status", connection.getresponse().status, flush=True)
    except OSError as error:
        print("failed:", type(error).__name__, flush=True)


for line in sys.stdin:
    if line == "upload\n":
        upload()
    else:
        print("going on", "framewire" in http.client.HTTPConnection.send.__code__.co_filename, flush=True)
