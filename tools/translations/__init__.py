"""What the dashboard says, in the languages that it speaks."""
