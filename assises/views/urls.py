"""Which public addresses need nothing but the event itself?"""

from django.urls import path

from assises.views import health, mailbox, pages

app_name = "assises"

urlpatterns = [
    path("contact/", pages.contact, name="contact"),
    path("pages/<slug:slug>/", pages.page, name="page"),
    path("confidentialite/", pages.privacy, name="privacy"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("plan-du-site/", pages.sitemap, name="sitemap"),
    path("favicon.svg", pages.favicon, name="favicon"),
    path("sante/", health.health, name="health"),
    path("boite-aux-lettres/", mailbox.mailbox, name="mailbox"),
]
