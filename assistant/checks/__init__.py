"""Pure judgements on text: no index, no model, no state."""
