"""Says that it runs, and then waits for ever."""

import threading

print("waiting", flush=True)
threading.Event().wait()  # @wait
