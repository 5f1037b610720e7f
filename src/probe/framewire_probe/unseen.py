"""Libraries with sockets of their own, beside Python's or beneath our wrappers: what goes through them goes unseen.

That one was loaded is recorded, so that nobody takes what is not in the recording for what did not happen.
"""

from __future__ import annotations

from time import monotonic_ns

from .recorder import UNSEEN, recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The module that stands for the library's sockets -> the library's name. Loaded, not merely installed.
_LIBRARIES = {
    "MySQLdb": "mysqlclient",
    "PyQt5.QtNetwork": "PyQt5",
    "PyQt6.QtNetwork": "PyQt6",
    "PySide6.QtNetwork": "PySide6",
    "_mysql_connector": "mysql-connector-python",
    "awscrt": "awscrt",
    "confluent_kafka": "confluent-kafka",
    "curl_cffi": "curl_cffi",
    "gevent._socket3": "gevent",
    "grpc": "grpcio",
    "hf_xet": "hf-xet",
    "psycopg.pq": "psycopg",
    "psycopg2": "psycopg2",
    "pycurl": "pycurl",
    "pyodbc": "pyodbc",
    "uvloop": "uvloop",
    "zmq": "pyzmq",
}


def _note(module: Any) -> None:
    name = module.__name__
    recorder.json(UNSEEN, monotonic_ns(), {"library": _LIBRARIES[name], "module": name})


PATCHES = dict.fromkeys(_LIBRARIES, _note)
