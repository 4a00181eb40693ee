"""Acts of many documents joined into commitments, and what became of each."""
