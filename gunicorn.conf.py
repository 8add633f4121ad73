"""How does gunicorn serve the site, here and on the real one? It reads this file by itself.

A proxy that reads each request whole stands in front of it: see README.
"""

worker_class = "gthread"
logger_class = "assises.web.logs.DiscreetLogger"
threads = 8
graceful_timeout = 10
loglevel = "warning"
# Nobody asks it, and the account of the service has no home where it could stand.
control_socket_disable = True
