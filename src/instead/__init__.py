"""Instead: a prosecutor's "treatment instead of prosecution" programme, as software.

A written policy decides every case, explains itself and admits what it does not know.
"""

__version__ = "0.1.0"
