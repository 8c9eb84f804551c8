"""Benchmarks, sweeps, layer profiles, clocks and memory of loaded models."""
