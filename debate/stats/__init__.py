"""Numbers from judgments: pure, seeded, each with its interval and its n. Import the module that you need."""
