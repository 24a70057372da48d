"""Words as such: the banks, choices, sentences with slots, names, and which word is which."""
