"""What a file of knowledge may hold, a module for each kind of content."""
