"""Who saw and who changed what, when and why: one mechanism for SQLite and PostgreSQL, for single, bulk and raw writes.

Every change is written down by a trigger of the database in the same transaction, so none goes past it; what was seen
is written by the site after each answer. Entries are only ever added, each with the sum of the one before it, and the
last sum is put down outside the database (``anchor``), so that a tail that was cut off shows.
"""
