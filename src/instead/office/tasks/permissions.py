"""Who may see and hand on which work."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import predicate

from instead.office.accounts.models import User
from instead.office.accounts.permissions import is_administrator
from instead.office.tasks.models import Task

#: Roles that own tasks; an analyst reads numbers and owns none.
WORKERS = frozenset(set(User.Role.values) - {User.Role.ANALYST.value})


@predicate
def has_work(user: User | AnonymousUser) -> bool:
    """Somebody whose role can own a task."""
    return isinstance(user, User) and user.is_active and user.role in WORKERS


@predicate
def own_work(user: User | AnonymousUser, task: object) -> bool:
    """The task belongs to the person's own role in the person's own organization."""
    return (
        isinstance(user, User)
        and user.is_active
        and isinstance(task, Task)
        and task.role == user.role
        and task.organization_id == user.organization_id
    )


@predicate
def same_house(user: User | AnonymousUser, other: object) -> bool:
    """Both people belong to one organization."""
    return isinstance(user, User) and isinstance(other, User) and user.organization_id == other.organization_id


may_see_today = has_work
may_hand_on = own_work
may_see_off = is_administrator & same_house
