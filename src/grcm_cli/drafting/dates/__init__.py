"""By when: deadlines as texts say them."""
