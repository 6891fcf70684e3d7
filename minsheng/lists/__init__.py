"""Many lists: which there are, what each amounts to, and what they come to together."""
