"""Which addresses let people answer, and come back?"""

from django.urls import path, re_path

from submissions.views import access, answers, form, home, offer, start

app_name = "submissions"

urlpatterns = [
    path("", home.home, name="home"),
    path("candidature/", start.start, name="start"),
    path("candidature/<str:key>/verifier/", form.check_answer, name="check"),
    path("candidature/<str:key>/recu/", answers.receipt, name="receipt"),
    path("candidature/<str:key>/retirer/", answers.withdraw, name="withdraw"),
    path("candidature/<str:key>/reprendre/", answers.resume, name="resume"),
    path("candidature/<str:key>/supprimer/", answers.discard, name="discard"),
    path("candidature/<str:key>/porte/", answers.change_kind, name="change-kind"),
    path("candidature/<str:key>/autre-action/", answers.another, name="another"),
    path(
        "candidature/<str:key>/me-retirer/",
        answers.leave_answer,
        name="leave-application",
    ),
    path(
        "candidature/<str:key>/est-ce-la-votre/", access.tell_whose, name="tell-whose"
    ),
    path("candidature/<str:key>/matinee/", offer.morning, name="morning"),
    path("candidature/<str:key>/<slug:step>/", form.step, name="step"),
    path("acces/", access.ask_for_link, name="access"),
    path("acces/entrer/", access.enter_by_link, name="enter"),
    path("acces/liens/<int:pk>/", access.revoke_link, name="revoke-link"),
    path("acces/nouvelles/", access.refuse_news, name="refuse-news"),
    path("acces/quitter/", access.quit_space, name="leave"),
    # With the mark that follows it in a sentence, which a reader of mail took along.
    re_path(r"^acces/(?P<token>[\w-]{43})/?\W+$", access.show_link),
    path("acces/<str:token>/", access.show_link, name="link"),
]
