"""The sentences of the one catalogue, as templates and forms say them."""
