"""E-mail by SMTP, through Django's own settings."""

from __future__ import annotations

import contextlib
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from instead.office.notices.models import Reminder
from instead.office.notices.senders import CannotSend, Message


class Smtp:
    """Sends through the server in ``INSTEAD_SMTP``. What the server refuses before it took the message is certain."""

    def send(self, message: Message) -> None:
        if not settings.EMAIL_HOST or not settings.DEFAULT_FROM_EMAIL:
            raise CannotSend(Reminder.Reason.NOT_SET_UP)
        connection = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=20)
        headers = {
            "Message-ID": f"<{message.key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        }
        mail = EmailMessage(message.subject, message.body, to=[message.to], headers=headers, connection=connection)
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise CannotSend(Reminder.Reason.REFUSED) from error
        try:
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
            raise CannotSend(Reminder.Reason.REFUSED) from error
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                connection.close()
