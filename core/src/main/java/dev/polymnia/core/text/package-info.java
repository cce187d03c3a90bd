/// Words that come in parts, whoever makes them: a local model's tokens or a remote one's stream.
///
/// [StopStrings][dev.polymnia.core.text.StopStrings] ends them,
/// [ReasoningSplitter][dev.polymnia.core.text.ReasoningSplitter] tells thoughts from the answer and
/// gives out [pieces][dev.polymnia.core.text.Piece], which
/// [Telling][dev.polymnia.core.text.Telling] tells a listener. The first two hold back what they
/// cannot decide yet and give the same words however the stream is cut. Not thread-safe.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.text;
