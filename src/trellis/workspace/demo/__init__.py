"""The demonstration: about forty invented people, each said to be so, at every stage of care."""
