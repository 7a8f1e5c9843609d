"""The library: `load`, the record that it returns, and the values that answers are made of."""
