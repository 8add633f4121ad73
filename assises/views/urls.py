"""Which public addresses need nothing but the event itself?"""

from django.urls import path

from assises.views import (
    health,
    invitation,
    letter,
    mailbox,
    pages,
    suggesting,
    well_known,
)

app_name = "assises"

urlpatterns = [
    path("contact/", pages.written("assises/contact.html"), name="contact"),
    path("pages/<slug:slug>/", pages.page, name="page"),
    path("agenda/<slug:slug>.ics", pages.agenda, name="agenda"),
    path("invitation/<str:key>/", invitation.invitation, name="invitation"),
    path(
        "invitation/<str:key>/agenda.ics",
        invitation.invitation_agenda,
        name="invitation-agenda",
    ),
    path(
        "invitation/<str:key>/<str:seat>/lettre/",
        letter.letter,
        name="letter",
    ),
    path("place/<str:key>/lettre/", letter.letter_of_seat, name="seat-letter"),
    path(
        "invitation/<str:key>/<str:seat>/ceder/",
        invitation.hand_over,
        name="hand-over",
    ),
    path("place/<str:key>/", invitation.seat, name="seat"),
    path("confidentialite/", pages.written("assises/privacy.html"), name="privacy"),
    path(
        "accessibilite/",
        pages.written("assises/accessibility.html"),
        name="accessibility",
    ),
    path("mentions-legales/", pages.written("assises/legal.html"), name="legal"),
    path("plan-du-site/", pages.written("assises/sitemap.html"), name="sitemap"),
    path("signaler/", suggesting.suggest_structure, name="suggest"),
    path("sante/", health.health, name="health"),
    path("boite-aux-lettres/", mailbox.mailbox, name="mailbox"),
    path("robots.txt", well_known.robots),
    path("favicon.ico", well_known.icon),
    path(".well-known/security.txt", well_known.security),
    path(".well-known/change-password", well_known.change_password),
]
