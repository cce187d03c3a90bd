/// Running a task: [Evaluation][dev.polymnia.eval.run.Evaluation] asks the samples that are not
/// finished yet, several at once, and keeps each result in a
/// [RunFolder][dev.polymnia.eval.run.RunFolder] as soon as it is there. A run that was killed goes
/// on from that folder; no finished sample is paid twice.
///
/// [Judging][dev.polymnia.eval.run.Judging] lets a model judge a run afterwards, and keeps its
/// verdicts in the same way.
///
/// [Manner][dev.polymnia.eval.run.Manner] says how samples are asked: in the usual way, for a
/// branch bank, or with forced [budgets][dev.polymnia.eval.run.Budgets].
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.run;
