"""Runs itself as a child, down to the depth that its argument names."""

import subprocess
import sys

depth = int(sys.argv[1])
if depth > 0:
    code = subprocess.run([sys.executable, __file__, str(depth - 1)]).returncode
    print("depth", depth, "saw", code, flush=True)
else:
    print("the innermost", flush=True)  # @innermost
sys.exit(depth + 3)
