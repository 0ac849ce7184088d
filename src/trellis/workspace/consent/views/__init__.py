"""The pages of consent and law."""
