/// From a row of scores to words that can be told.
///
/// Two halves that meet at a token. A [Sampler][dev.polymnia.llama.text.Sampler] draws a token from
/// the scores of the whole vocabulary; all samplers of an engine work in one shared
/// [LogitRow][dev.polymnia.llama.text.LogitRow]. A [BranchText][dev.polymnia.llama.text.BranchText]
/// turns the bytes of the tokens into [pieces][dev.polymnia.core.text.Piece] of reasoning and
/// answer. It passes them through three small machines, each of which holds back what it cannot
/// decide yet:
///
/// | machine | holds back |
/// | --- | --- |
/// | [Utf8Stream][dev.polymnia.llama.text.Utf8Stream] | the bytes of an unfinished code point |
/// | [StopStrings][dev.polymnia.core.text.StopStrings] | what may turn out to be a stop string |
/// | [ReasoningSplitter][dev.polymnia.core.text.ReasoningSplitter] | what may turn out to be a tag |
///
/// Every machine gives the same words however the stream is cut. Nothing here is thread-safe: a
/// branch is stepped by one engine thread. Nothing here touches native code; the row of scores
/// comes as a memory segment and is copied.
@org.jspecify.annotations.NullMarked
package dev.polymnia.llama.text;
