"""Journeys of people through real browsers, against a real server. Only what they see counts: nothing is imported."""
