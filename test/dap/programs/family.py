"""An upload in a process of multiprocessing's, begun by the method that the first argument names."""

import multiprocessing
import sys
import urllib.request


def upload(url, size):
    """Returns nothing, and what failed goes to the output."""
    try:
        urllib.request.urlopen(url, b"x" * size, timeout=30)
    except OSError as error:
        print("failed:", type(error).__name__, flush=True)


if __name__ == "__main__":
    method, url, size = sys.argv[1:]
    process = multiprocessing.get_context(method).Process(target=upload, args=(url, int(size)))
    process.start()
    process.join()
    print(method, "ended with", process.exitcode, flush=True)
