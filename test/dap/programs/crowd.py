"""A thousand threads, each with a connection of its own; they part when the last one has its reply."""

import http.client
import sys
import threading

host, count = sys.argv[1], int(sys.argv[2])
replies = []
# the last one asks when all others have their replies and wait
others = threading.Barrier(count)
last = threading.Event()


def ask(number):
    connection = http.client.HTTPConnection(host, timeout=60)
    if number == count - 1:
        others.wait()
    connection.request("GET", "/%d" % number)
    with connection.getresponse() as reply:  # @asks
        replies.append(reply.status)
    if number == count - 1:
        last.set()
    else:
        others.wait()
        last.wait()
    connection.close()


threading.stack_size(256 * 1024)
threads = [threading.Thread(target=ask, args=(number,)) for number in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("replies", len(replies), "refused", replies.count(500), flush=True)
