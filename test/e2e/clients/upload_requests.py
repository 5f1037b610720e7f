"""Upload with requests and let every exception through: upload_requests.py URL BYTES [TIMEOUT]"""

import sys

import requests

url, size = sys.argv[1], int(sys.argv[2])
timeout = float(sys.argv[3]) if len(sys.argv) > 3 else 30
print("uploading", size)
reply = requests.post(url, data=b"x" * size, timeout=timeout)
print(reply.status_code, reply.content)
