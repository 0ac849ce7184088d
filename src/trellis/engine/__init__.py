"""Integers only: the compiled artefact and its nodes, which every reader shares."""
