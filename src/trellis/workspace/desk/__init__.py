"""The desk: who asks for attention, and one person with all that belongs to them."""
