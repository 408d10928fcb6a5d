"""Why an answer is wrong: named mistakes, as mutations of the key."""
