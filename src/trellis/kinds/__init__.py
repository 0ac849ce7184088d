"""What a file of knowledge may hold: a module declares one kind of content, or a few that belong together."""
