"""Views that the customer's page and the console share."""
