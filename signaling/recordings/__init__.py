"""Recordings on the disk: sealed files, the video in them, and the timeline beside it. Knows no network."""
