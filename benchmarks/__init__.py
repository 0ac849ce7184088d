"""The headline figures, each in its own module with a ``main()``; ``python -m benchmarks`` runs them all."""
