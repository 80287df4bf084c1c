"""What matches come to, in columns that reports read: worked out from the rows of a part, and kept beside them."""
