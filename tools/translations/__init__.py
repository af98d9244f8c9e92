"""What the dashboard and the public pages say, in the languages that they speak."""
