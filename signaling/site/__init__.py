"""What administrators decide about a site: the settings, their history, notices and reports."""
