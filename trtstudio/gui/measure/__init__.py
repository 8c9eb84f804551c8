"""The Measure page: benchmarks, sweeps, layers, memory, and the runs that are kept."""
