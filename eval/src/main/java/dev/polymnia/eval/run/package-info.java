/// Running a task: [Evaluation][dev.polymnia.eval.run.Evaluation] asks the samples that are not
/// finished yet, several at once, and keeps each result in a
/// [RunFolder][dev.polymnia.eval.run.RunFolder] as soon as it is there. A run that was killed goes
/// on from that folder; no finished sample is paid twice.
///
/// [Judging][dev.polymnia.eval.run.Judging] lets a model judge a run afterwards, and keeps its
/// verdicts in the same way.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.run;
