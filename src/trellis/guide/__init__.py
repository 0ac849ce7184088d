"""The guide: a private page for a person or a loved one, built as plain files that need no server."""
