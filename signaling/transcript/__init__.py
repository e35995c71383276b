"""Transcripts that people have taken along: reading them, and finding out whether they were altered."""
