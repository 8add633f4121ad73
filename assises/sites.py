"""Where is the administration?"""

from django.contrib.admin.apps import AdminConfig


class AssisesAdminConfig(AdminConfig):
    default_site = "assises.admin.site.AssisesAdminSite"
