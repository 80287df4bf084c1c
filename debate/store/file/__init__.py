"""The one file that all is kept in: where it may lie, how it is opened, shared, copied and brought up to date."""
