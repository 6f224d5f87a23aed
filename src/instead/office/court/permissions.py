"""Who may open the court calendar. Which cases stand in it is in ``queries.own_cases``."""

from __future__ import annotations

from instead.office.accounts.permissions import is_coordinator, is_defense_counsel, is_prosecutor

may_see_calendar = is_prosecutor | is_coordinator | is_defense_counsel
