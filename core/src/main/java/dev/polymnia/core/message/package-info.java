/// What is said. A conversation is a list of [messages][dev.polymnia.core.message.Message]; a
/// message is a [role][dev.polymnia.core.message.Role] and a list of typed
/// [parts][dev.polymnia.core.message.Content]. Pure values: no ids, no storage keys, no wire
/// format.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.message;
