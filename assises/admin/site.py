"""Who may enter the administration, and what frames each of its pages?"""

from functools import update_wrapper

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.urls import path, reverse

from assises.admin import sign_in
from assises.admin.base import EMPTY, Section
from assises.admin.screens import show_screen
from assises.french import text
from assises.packages import packages
from assises.people import accounts


class AssisesAdminSite(AdminSite):
    """The administration: password, then a code; our own first page.

    No ``delete_selected``: rows are deleted one at a time, by those who may.
    """

    site_header = "Assises de la culture scientifique et technique"
    site_title = "Administration"
    index_title = "Administration"
    enable_nav_sidebar = False
    empty_value_display = EMPTY

    def __init__(self, name="admin"):
        super().__init__(name)
        self.disable_action("delete_selected")

    def has_permission(self, request):
        return super().has_permission(request) and accounts.is_let_in(request.user)

    def admin_view(self, view, cacheable=False):
        """Send whoever has given only a password to the code, and back here after it.

        A password that somebody else gave is replaced before any page opens.
        """
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            accounts.stay_signed_in(request)
            if step := self.sign_in_step(request):
                return redirect_to_login(request.get_full_path(), reverse(step))
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    def sign_in_step(self, request):
        """Name the page that ``request`` has still to go through, if any."""
        if request.user.is_staff and not accounts.is_let_in(request.user):
            return "admin:code"
        if (
            self.has_permission(request)
            and request.user.password_is_temporary
            and request.resolver_match.view_name != "admin:password_change"
        ):
            return "admin:password_change"
        return None

    def get_urls(self):
        return [
            path("code/", sign_in.code, name="code"),
            path("code/courriel/", sign_in.mail_code, name="mail_code"),
            path("second-facteur/", sign_in.enrol, name="enrol"),
            path(
                "second-facteur/commencer/",
                sign_in.begin_enrolment,
                name="begin_enrolment",
            ),
            path("second-facteur/codes/", sign_in.recovery, name="recovery"),
            path("logout/", sign_in.sign_out, name="logout"),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        return sign_in.password(request)

    login.login_required = False

    def password_change(self, request, extra_context=None):
        return sign_in.change_password(request)

    def index(self, request, extra_context=None):
        """Show what is left to do, then the tools, then every page that the user may open."""
        # Highest package first: to evaluate comes before to correct.
        lines = [
            task
            for package in reversed(packages())
            for task in package.admin_tasks(request)
        ]
        return show_screen(
            request,
            "admin/index.html",
            title=self.index_title,
            tasks=sorted(
                (line for line in lines if not line.tool),
                key=lambda task: not task.urgent,
            ),
            tools=[line for line in lines if line.tool],
            app_list=self.sections(request),
        )

    def place(self, page):
        """Return what a page is sorted by within its section."""
        return self._registry[page["model"]].rank, text.fold(str(page["name"]))

    def sections(self, request):
        """Return the pages by what they are for, whichever package they come from."""
        packages = self.get_app_list(request)
        pages = [page for package in packages for page in package["models"]]
        by_section = {section: [] for section in Section}
        for page in sorted(pages, key=self.place):
            by_section[self._registry[page["model"]].section].append(page)
        return [
            {"name": section.label, "models": pages}
            for section, pages in by_section.items()
            if pages
        ]
