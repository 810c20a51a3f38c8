"""The small grammars of official Vietnamese: words, outline marks, numbers, dates, document numbers."""
