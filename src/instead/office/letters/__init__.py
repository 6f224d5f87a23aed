"""The office's letters: what is said in them is data, how it is worded and laid out is in the library.

:func:`~instead.office.letters.render.render` makes a tagged PDF, :func:`~instead.office.letters.render.as_text` the
same sentences for a page, an e-mail or a voice. Neither knows a database, a clock or a network.
"""
