"""Which addresses exist? French and stable: they are printed on paper."""

from django.contrib import admin
from django.urls import include, path

handler400 = "assises.views.errors.bad_request"
handler403 = "assises.views.errors.forbidden"
handler404 = "assises.views.errors.not_found"
handler500 = "assises.views.errors.server_error"

urlpatterns = [
    path("", include("submissions.urls")),
    path("", include("committee.urls")),
    path("", include("assises.views.urls")),
    # Screens of our own stand before the stock pages, under the same roof.
    path("admin/comite/", include("committee.admin.urls")),
    path("admin/", admin.site.urls),
]
