"""Setting up the second step of signing in; every other page about accounts is allauth's own."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from instead.office.accounts import second_step


class SetUpSecondStep(ActivateTOTPView):
    """Shows the secret and takes the first code; this session has then passed the step."""

    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """The first code was right."""
        response: HttpResponse = super().form_valid(form)
        second_step.remember(self.request, self.request.user)
        return response


@login_required
@require_safe
def totp_qr(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up, as a QR code. An address of ours, since pages may not hold pictures inline."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404("nothing is being set up")
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")
