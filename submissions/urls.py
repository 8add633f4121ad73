"""Which addresses let people answer, and come back?"""

from django.urls import path

from submissions.views import access, form, home

app_name = "submissions"

urlpatterns = [
    path("", home.home, name="home"),
    path("candidature/", form.start, name="start"),
    path("candidature/<str:key>/verifier/", form.check, name="check"),
    path("candidature/<str:key>/recu/", form.receipt, name="receipt"),
    path("candidature/<str:key>/retirer/", form.withdraw, name="withdraw"),
    path("candidature/<str:key>/autre-action/", form.another, name="another"),
    path("candidature/<str:key>/<slug:step>/", form.step, name="step"),
    path("acces/", access.ask, name="access"),
    path("acces/entrer/", access.enter, name="enter"),
    path("acces/quitter/", access.leave, name="leave"),
    path("acces/<str:token>/", access.link, name="link"),
]
