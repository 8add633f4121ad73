"""How does gunicorn serve the site, here and on the real one? It reads this file by itself."""

worker_class = "assises.web.server.PatientWorker"
logger_class = "assises.web.server.DiscreetLogger"
threads = 8
graceful_timeout = 10
loglevel = "warning"
