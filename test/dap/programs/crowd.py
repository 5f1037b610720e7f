"""A thousand threads, each with a connection of its own; they part when the last one has its reply."""

import http.client
import sys
import threading

host, count = sys.argv[1], int(sys.argv[2])
replies = []
# the last one asks when all others have had their replies and wait
others = threading.Barrier(count)
last = threading.Event()


def ask(number):
    is_last = number == count - 1
    if is_last:
        others.wait()
    connection = http.client.HTTPConnection(host, timeout=200)
    connection.request("GET", "/%d" % number)
    with connection.getresponse() as reply:  # @asks
        replies.append(reply.status)
    # not open all at once: a process may have few more files than that
    connection.close()
    if is_last:
        last.set()
    else:
        others.wait()
        last.wait()


threading.stack_size(256 * 1024)
threads = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("replies", len(replies), "refused", replies.count(500), flush=True)
