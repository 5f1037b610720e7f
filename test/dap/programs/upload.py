"""Uploads so many bytes to a URL; an argument "again" does it once more in a child process."""

import os
import subprocess
import sys
import urllib.error
import urllib.request


def upload(url, size):
    request = urllib.request.Request(url, data=b"x" * size, headers={"Authorization": "Bearer hush-hush"})
    with urllib.request.urlopen(request, timeout=30) as reply:  # @sends
        print("reply", reply.status, flush=True)


url, size, *more = sys.argv[1:]
if "again" in more:
    subprocess.run([sys.executable, __file__, url, size], check=False, env=dict(os.environ))
try:
    upload(url, int(size))
except urllib.error.URLError as error:
    print("failed:", error, flush=True)
    if "raise" in more:
        raise
