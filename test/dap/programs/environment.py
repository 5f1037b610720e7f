import json
import os
import sys

print(
    json.dumps(
        {
            "argv": sys.argv[1:],
            "cwd": os.getcwd(),
            "greeting": os.environ.get("GREETING"),
            "removed": os.environ.get("REMOVED"),
            "pythonpath": os.environ.get("PYTHONPATH"),
            "isolated": sys.flags.isolated,
            "version": "%d.%d.%d" % sys.version_info[:3],
            "path": sys.path,
        }
    )
)
