"""Runs over many pictures: folders, videos and cameras."""
