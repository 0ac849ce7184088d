"""Tags of consent and law."""
