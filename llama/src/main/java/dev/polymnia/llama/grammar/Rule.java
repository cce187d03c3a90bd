package dev.polymnia.llama.grammar;

/// A rule of a grammar.
///
/// @param name how others refer to it
/// @param body what it stands for
/// @param offset where the grammar defines it, in characters
record Rule(String name, Expression body, int offset) {}
