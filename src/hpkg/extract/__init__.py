"""The reader of facts: one module a fact kind."""
