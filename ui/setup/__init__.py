"""The first start: an assistant in four steps that makes the booth's ledger."""
