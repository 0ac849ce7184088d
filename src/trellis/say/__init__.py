"""How it is said: one catalogue in English and Spanish, and the words for what decides."""
