/// Evaluation awareness: whether a model says that it believes to be tested.
///
/// [Awareness][dev.polymnia.eval.aware.Awareness] finds it by a lexicon. The lexicon favours
/// precision: it counts what is said in so many words, so its rate is a lower bound.
/// [Judge][dev.polymnia.eval.aware.Judge] asks a model, window by window.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.aware;
