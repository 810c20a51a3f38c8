"""The small grammars of official Vietnamese: numbers, dates, document numbers."""
