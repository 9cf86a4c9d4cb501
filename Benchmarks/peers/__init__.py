"""What people use today, behind one interface: see `peers.peer`."""
