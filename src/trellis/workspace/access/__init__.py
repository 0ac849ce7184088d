"""Who may do what: one table, read by every check and by every query.

``rules`` is the table, ``viewer`` says who asks, ``relations`` turns a row into a condition of a query, ``scoped`` is
what every model of a person is made of, ``seen`` collects what was read, ``routes`` names the rule of every address.
"""
