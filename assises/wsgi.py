"""What do web servers call?"""

import os

from django.core.wsgi import get_wsgi_application

from assises.web.whole_requests import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assises.settings")

application = utf8_only(get_wsgi_application())
