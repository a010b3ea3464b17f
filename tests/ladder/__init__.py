"""What the ladder as a whole says of single claims."""
