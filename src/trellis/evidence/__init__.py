"""Evidence: what studies found, how sure it is, how many of 100 it helps, and results pooled and drawn."""
