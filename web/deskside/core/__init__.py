"""Sans-I/O heart of Deskside: what is here knows no clock, no network, no browser and no JSON module."""
