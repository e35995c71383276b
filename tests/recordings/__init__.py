"""Recordings on the disk: real files, real pictures, real kills."""
