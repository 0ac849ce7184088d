"""What templates of accounts ask for."""
