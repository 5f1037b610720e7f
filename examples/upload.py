"""Upload a file as a form, the way many small clients do: urllib, the whole body built in memory.

usage: upload.py URL FILE
"""

import sys
import urllib.error
import urllib.request
import uuid


def encode_form(name, filename, content):
    """Return (body, content type) of a multipart/form-data form with one file."""
    boundary = uuid.uuid4().hex
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def upload(url, path):
    with open(path, "rb") as file:
        body, content_type = encode_form("recording", path, file.read())
        request = urllib.request.Request(url, data=body, headers={"Content-Type": content_type})
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.read().decode()


def main():
    url, path = sys.argv[1:]
    try:
        print(upload(url, path))
    except urllib.error.URLError as error:
        print(f"upload failed: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
