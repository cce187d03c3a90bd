/// Statistics of runs: pure functions without state.
///
/// - [Interval][dev.polymnia.eval.stats.Interval]: a 95 % interval, by Wilson's score for shares;
/// - [Bootstrap][dev.polymnia.eval.stats.Bootstrap]: means and paired differences with intervals,
///   resampled by question;
/// - [McNemar][dev.polymnia.eval.stats.McNemar]: whether two runs over the same questions differ;
/// - [Agreement][dev.polymnia.eval.stats.Agreement]: how far two raters agree, by Cohen's kappa;
/// - [PassAtK][dev.polymnia.eval.stats.PassAtK]: the chance that one of k programs is right;
/// - [Quantiles][dev.polymnia.eval.stats.Quantiles]: medians and the like;
/// - [Reliability][dev.polymnia.eval.stats.Reliability]: whether the vote share tells how often the
///   vote is right.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.stats;
