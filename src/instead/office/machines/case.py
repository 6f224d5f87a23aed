"""The case, from arrest to an end that says why it ended.

Choices that the table makes:

- Before the offer a slip can be taken back. After it, nothing is taken from a person except out of ``second_look``.
- ``verified`` leads only to the withdrawal for engaging, and that withdrawal is reached from nowhere else: withdrawals
  because treatment was engaged are never mixed with others. Each other reason has an end of its own.
- A withdrawal is no end until the court's record says so, for each docket.
- Prosecution staff see these states. So none says more than the four facts or "another condition".
"""

from __future__ import annotations

from instead.office.machines.case_conditions import CONDITION, PROOF
from instead.office.machines.case_endings import OTHER_ENDS, SECOND_LOOK
from instead.office.machines.case_opening import OFFER, SCREENING
from instead.office.machines.case_states import ENDS, OPEN
from instead.office.machines.machine import Machine
from instead.office.machines.sound import checked

CASE = checked(Machine("case", (*OPEN, *ENDS), (*SCREENING, *OFFER, *PROOF, *CONDITION, *SECOND_LOOK, *OTHER_ENDS)))
