"""Two people, or two pages, that click in the same instant."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from submissions.answering import lifecycle


def together(*functions):
    """Run ``functions`` at the same time, each in its own connection."""
    barrier = threading.Barrier(len(functions))

    def run(function):
        try:
            barrier.wait(timeout=10)
            return function()
        except lifecycle.MoveRefusedError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))
