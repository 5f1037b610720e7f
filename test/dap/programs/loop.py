"""Comes by the same line as often as it is told."""

import sys

times = int(sys.argv[1])
for number in range(times):
    came = number + 1  # @hit
print("came", came, "times", flush=True)  # @end
