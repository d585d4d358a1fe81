"""What is known and where it is held: vocabulary, keys, reference tables, schema and store."""
