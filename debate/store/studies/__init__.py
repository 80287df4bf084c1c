"""What people who judge leave in the database: who is to read what, what they did, and what may be seen of it."""
