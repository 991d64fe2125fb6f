"""What happens when the world fails: kills, full disks, pulled sticks."""
