package dev.polymnia.clients;

import java.util.function.Consumer;

/// Something that a client asks for and looks at.
///
/// @param name the word for it in the table of what was tried
/// @param ask asks a model, whose name says the mode; throws if it does not get what it should
record Scenario(String name, Consumer<String> ask) {}
