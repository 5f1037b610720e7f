"""Upload with nothing but urllib and let every exception through: upload_urllib.py URL BYTES [TIMEOUT]"""

import sys
import urllib.request

url, size = sys.argv[1], int(sys.argv[2])
timeout = float(sys.argv[3]) if len(sys.argv) > 3 else 30
print("uploading", size)
with urllib.request.urlopen(urllib.request.Request(url, data=b"x" * size), timeout=timeout) as reply:
    print(reply.status, reply.read())
