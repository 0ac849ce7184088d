"""Settings, addresses and headers of the site, and the server that serves it."""
