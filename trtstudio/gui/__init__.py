"""The window: the only package that knows Qt. Every QObject lives in the main thread."""
