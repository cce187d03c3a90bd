package dev.polymnia.llama.grammar;

/// A value that a schema spells out.
///
/// @param type what it is; a number without a fraction is an integer
/// @param text the value as compact JSON; of equal numbers and strings the same
record Constant(JsonType type, String text) {}
