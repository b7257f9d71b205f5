"""What Sam knows, and how it is found."""
