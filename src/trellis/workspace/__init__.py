"""The workspace: where a team and the person decide, plan and follow together. A Django site on SQLite or PostgreSQL.

Each folder is one matter: ``words`` (what templates say), ``access`` (the one table of who may do what, and the queries
that obey it), ``audit`` (who saw and changed what), ``people`` (organisations, accounts, people and who belongs to
whom), ``consent`` (42 CFR Part 2), ``assessment`` (answers, each kept at once), ``desk`` (the caseload, one person),
``demo`` (invented people), ``site`` (settings, addresses, headers). Arrows point from later ones to earlier ones.
"""
