"""What people do: whose deed it is, what hands and faces make of it."""
