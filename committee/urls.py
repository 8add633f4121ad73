"""Which addresses show what the committee chooses by, and decides?"""

from django.urls import path

from committee.views import call, space

app_name = "committee"

urlpatterns = [
    path("appel/", call.call, name="call"),
    path("mon-dossier/", space.space, name="space"),
]
