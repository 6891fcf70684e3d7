"""What the dataset amounts to: every figure, and why."""
