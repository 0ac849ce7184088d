"""The workspace: where a team and the person decide, plan and follow together. A Django site on SQLite or PostgreSQL.

Each folder is one matter: ``site`` (settings, addresses, headers), ``access`` (the one table of who may do what, and the
queries that obey it), ``audit`` (who saw and changed what), ``people`` (organisations, accounts, people and how they belong
together), ``consent`` (42 CFR Part 2), ``assessment`` (answers, each kept at once), ``demo`` (invented people).
"""
