"""Who may do what with cases."""

from __future__ import annotations

from instead.office.accounts.permissions import is_prosecutor

may_see_queue = is_prosecutor
may_answer_fact = is_prosecutor
may_confirm = is_prosecutor
may_override = is_prosecutor
