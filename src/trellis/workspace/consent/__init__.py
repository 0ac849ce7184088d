"""Consent as data (42 CFR Part 2, HIPAA): who may be told what, for what, until when; what was disclosed to whom."""
