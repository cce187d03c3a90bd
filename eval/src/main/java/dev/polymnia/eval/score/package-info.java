/// Scorers: how an answer is compared with its target.
///
/// [Scorers][dev.polymnia.eval.score.Scorers] knows them by name. What they share is how they find
/// the place where an answer states its result ([Statements][dev.polymnia.eval.score.Statements]);
/// what they make of it differs: an exact number ([Figure][dev.polymnia.eval.score.Figure]), one of
/// several options ([Options][dev.polymnia.eval.score.Options]), words
/// ([Wording][dev.polymnia.eval.score.Wording]) or a program
/// ([Programs][dev.polymnia.eval.score.Programs]) that runs in the sandbox with its tests
/// ([Trial][dev.polymnia.eval.score.Trial]).
///
/// Answers come from models and may be anything. Every regular expression here is possessive, or
/// repeats at most a stated number of times, so that reading takes time in proportion to the
/// length.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.score;
