"""Organisations, accounts and memberships; the people in care, and how everybody is related to them."""
