"""What is printed of an assignment: the form for students, the guide for markers."""
