"""What is in the file: read, checked, watched, saved, edited."""
