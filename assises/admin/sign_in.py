"""How does one come into the administration, and out of it?"""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth import (
    REDIRECT_FIELD_NAME,
    authenticate,
    login,
    logout,
    update_session_auth_hash,
)
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from assises import mails
from assises.forms.accounts import CodeForm, NewPasswordForm, PasswordForm
from assises.models.user import natural_key
from assises.people import accounts
from assises.people.accounts import Method
from assises.web import throttle

REFUSED = "Adresse ou mot de passe incorrect."
TOO_MANY = (
    "Trop d’essais en peu de temps. Patientez un quart d’heure, puis recommencez :"
    " rien d’autre n’est à faire."
)
WRONG_APP = (
    "Ce code n’est pas celui de l’application. Vérifiez l’heure du téléphone,"
    " attendez le code suivant, puis recommencez."
)
HINTS = {
    Method.APP: "Les six chiffres que montre votre application, ou un code de secours.",
    Method.MAIL: "Les six chiffres reçus par courriel, ou un code de secours.",
}
PENDING_APP = "pending_app"
# The cookie of a browser that came in before, signed for its account.
KNOWN_BROWSER = "navigateur"
KNOWN_FOR = 365 * 24 * 3600

# Whoever has given a password, whether or not the code is still due.
_staff_only = staff_member_required(redirect_field_name=None)


def _onwards(request):
    """Return where to go next: a page of this site, or the first one."""
    url = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME)
    local = url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    )
    return url if local and url.startswith("/") else reverse("admin:index")


def _with_next(name, request, **query):
    """Return the address ``name`` that keeps where the person was going."""
    query[REDIRECT_FIELD_NAME] = _onwards(request)
    return f"{reverse(f'admin:{name}')}?{urlencode(query)}"


def _show(request, template, form=None, **context):
    """Render a page of the sign-in; 429 if too many tries came before ``form``."""
    throttled = form is not None and form.has_error(NON_FIELD_ERRORS, "throttled")
    context |= {"form": form, "next": _onwards(request)}
    return render(request, template, context, status=429 if throttled else 200)


def _is_accepted(form, *, allowed):
    """Say whether ``form`` is valid; not ``allowed``, it says only that it comes too often."""
    if allowed or not form.is_bound:
        return form.is_valid()
    form.errors.clear()
    form.add_error(None, ValidationError(TOO_MANY, code="throttled"))
    return False


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def password(request):
    """Ask for an address and its password; say the same of every refusal."""
    if request.method == "GET" and request.user.is_staff:
        return redirect(_onwards(request))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and _is_accepted(
        form, allowed=_may_try_password(request, form["email"].value() or "")
    ):
        user = authenticate(
            request,
            username=form.cleaned_data["email"],
            password=form.cleaned_data["password"],
        )
        if user and user.is_staff:
            _forget_tries(request, user.email)
            login(request, user)
            accounts.begin_working_day(request)
            if settings.REQUIRE_SECOND_FACTOR and accounts.methods(user) == [
                Method.MAIL
            ]:
                _send_code(request)  # At once: there is no other way in.
            return _known_from_now_on(redirect(_onwards(request)), user)
        form.add_error(None, REFUSED)
    return _show(request, "admin/sign_in/password.html", form, title="Se connecter")


def _known_from_now_on(response, user):
    """Let this browser be counted apart when it tries the password of ``user`` again."""
    response.set_signed_cookie(
        KNOWN_BROWSER,
        secrets.token_urlsafe(),
        salt=natural_key(user.email),
        max_age=KNOWN_FOR,
        path=reverse("admin:login"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _who_tries(request, email):
    """Return the browser, if it came in with this account before, or the client: whoever
    else tries shuts out neither."""
    known = request.get_signed_cookie(
        KNOWN_BROWSER, default="", salt=natural_key(email), max_age=KNOWN_FOR
    )
    return known or throttle.client_address(request)


def _may_try_password(request, email):
    """Count this try, by client and by account there, and say whether it may go on."""
    who, account = _who_tries(request, email), natural_key(email)
    return throttle.allow("login-client", who, at=request.at) and throttle.allow(
        "login-account", f"{account} {who}", at=request.at
    )


def _forget_tries(request, email):
    """Let the right password end the count of wrong ones: a desk shares its account."""
    who, account = _who_tries(request, email), natural_key(email)
    throttle.take_back("login-client", who, at=request.at)
    throttle.clear("login-account", f"{account} {who}", at=request.at)


def _may_try_code(request):
    return throttle.allow("code-account", request.user.pk, at=request.at)


def _send_code(request):
    """Send a code by mail, and say so."""
    user = request.user
    if throttle.allow("code-mail", user.pk, at=request.at):
        mails.staff_code(user, at=request.at)
        messages.info(
            request,
            f"Un code vient de partir vers {user.email}. Il arrive en une minute environ.",
        )
    else:
        messages.warning(request, TOO_MANY)


@_staff_only
@require_http_methods(["GET", "POST"])
def code(request):
    """Ask for the second proof: a code of the application, of the mailbox, or of paper."""
    if accounts.is_let_in(request.user):
        return redirect(_onwards(request))
    methods = accounts.methods(request.user)
    if not methods:
        return redirect(_with_next("enrol", request))
    method = _chosen_method(request, methods)
    form = CodeForm(request.POST or None, hint=HINTS[method])
    if request.method == "POST" and _is_accepted(form, allowed=_may_try_code(request)):
        try:
            device = accounts.check_code(
                request.user, form.cleaned_data["code"], method
            )
        except ValidationError as error:
            form.add_error("code", error)
        else:
            throttle.clear("code-account", request.user.pk, at=request.at)
            accounts.mark_verified(request, device)
            return redirect(_onwards(request))
    return _show(
        request,
        "admin/sign_in/code.html",
        form,
        title="Votre code",
        method=method.value,
        by_mail=method is Method.MAIL,
        may_mail=Method.MAIL in methods,
    )


def _chosen_method(request, methods):
    """Return the method that the page says, if it is one of ``methods``."""
    asked = request.POST.get("par") or request.GET.get("par")
    return next((method for method in methods if method.value == asked), methods[0])


@_staff_only
@require_POST
def mail_code(request):
    """Send a code by mail, to whom it is enough."""
    if Method.MAIL not in accounts.methods(request.user):
        return redirect(_with_next("code", request))
    _send_code(request)
    return redirect(_with_next("code", request, par=Method.MAIL.value))


@_staff_only
@require_http_methods(["GET", "POST"])
def enrol(request):
    """Set up an application: its QR code and secret, then a first code from it."""
    if not accounts.may_enrol(request.user):
        if accounts.methods(request.user):
            return redirect(_with_next("code", request))
        title = "Il vous faut un mot de passe provisoire"
        return _show(request, "admin/sign_in/not_given.html", title=title)
    device = _app_begun_here(request)
    form = CodeForm(request.POST or None, hint="Les six chiffres qu’elle montre.")
    if (
        request.method == "POST"
        and device
        and _is_accepted(form, allowed=_may_try_code(request))
    ):
        if device.verify_token(accounts.plain_code(form.cleaned_data["code"])):
            codes = accounts.confirm_app(request.user, device, at=request.at)
            accounts.mark_verified(request, device)
            return _show_codes(request, codes)
        form.add_error("code", WRONG_APP)
    context = {"device": device, "renewing": accounts.is_verified(request.user)}
    if device:
        context["secret"] = accounts.spelled_secret(device)
        context["qr_side"], context["qr_path"] = accounts.qr_path(device.config_url)
    return _show(
        request,
        "admin/sign_in/enrol.html",
        form,
        title="Votre second facteur",
        **context,
    )


def _app_begun_here(request):
    """Return the application that this very session is setting up, or ``None``.

    Whoever else knows the password sees no secret that somebody is about to keep.
    """
    device = accounts.pending_app(request.user)
    here = device is not None and request.session.get(PENDING_APP) == device.pk
    return device if here else None


@_staff_only
@require_POST
def begin_enrolment(request):
    """Make a fresh secret, then show it."""
    if accounts.may_enrol(request.user):
        request.session[PENDING_APP] = accounts.begin_app(request.user).pk
    return redirect(_with_next("enrol", request))


@_staff_only
@require_POST
def recovery(request):
    """Replace the recovery codes of somebody who has proved who they are."""
    if not accounts.is_verified(request.user):
        return redirect(_with_next("code", request))
    return _show_codes(
        request, accounts.renew_recovery_codes(request.user, at=request.at)
    )


def _show_codes(request, codes):
    """Show recovery codes, this once."""
    title = "Vos codes de secours"
    return _show(request, "admin/sign_in/codes.html", title=title, codes=codes)


@login_not_required
@require_POST
def sign_out(request):
    logout(request)
    messages.success(request, "Déconnexion faite.")
    return redirect("admin:login")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request):
    """Change one's own password; the other sessions of the account end."""
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.set_password(form, at=request.at)
        update_session_auth_hash(request, form.user)
        messages.success(request, "Votre mot de passe est changé.")
        return redirect(_onwards(request))
    title = "Changer de mot de passe"
    if request.user.password_is_temporary:
        title = "Choisissez votre mot de passe"
    return _show(request, "admin/sign_in/change_password.html", form, title=title)
