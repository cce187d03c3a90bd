/// Words that come in parts, whoever makes them: a local model's tokens or a remote one's stream.
///
/// [StopStrings][dev.polymnia.core.text.StopStrings] ends them,
/// [ReasoningSplitter][dev.polymnia.core.text.ReasoningSplitter] tells thoughts from the answer and
/// gives out [pieces][dev.polymnia.core.text.Piece]. Each holds back what it cannot decide yet and
/// gives the same words however the stream is cut. Not thread-safe.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.text;
