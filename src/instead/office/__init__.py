"""The office: people, cases, programme, treatment, closing. Each room is a package of its own.

A room has thin ``models.py``, ``actions.py`` (the verbs: permission, change of state and ledger entry in one
transaction), ``queries.py``, ``views.py`` and templates. Nothing changes state except an action.
"""
