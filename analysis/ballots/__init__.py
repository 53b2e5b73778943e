"""What a room chooses: dots and points, a second round of ratings, ordered lists."""
