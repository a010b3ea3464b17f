"""What is said of a run, in words, whatever the format: headlines, stories, counts."""
