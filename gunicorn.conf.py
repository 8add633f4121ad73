"""How does gunicorn serve the site, here and on the real one? It reads this file by itself."""

worker_class = "assises.server.PatientWorker"
logger_class = "assises.server.DiscreetLogger"
threads = 8
graceful_timeout = 10
loglevel = "warning"
