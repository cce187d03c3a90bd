package dev.polymnia.models;

/// An array in a GGUF header, left in the file: vocabularies are long and seldom looked at.
///
/// @param type the elements' type
/// @param count how many there are
/// @param offset where the first begins, in bytes from the start of the file
record GgufArray(GgufType type, int count, long offset) {}
