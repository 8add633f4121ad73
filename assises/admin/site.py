"""Who may enter the administration, and by which doors?"""

from django.contrib.admin import AdminSite


class AssisesAdminSite(AdminSite):
    site_header = "Assises de la culture scientifique et technique"
