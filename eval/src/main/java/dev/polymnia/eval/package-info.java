/// Evaluation: honest numbers for every mode.
///
/// A [Task][dev.polymnia.eval.task.Task] is data, prompts and a [Scorer][dev.polymnia.eval.Scorer];
/// a run is a task with a model, a mode, a budget and a seed
/// ([RunSetup][dev.polymnia.eval.RunSetup]). Each [Sample][dev.polymnia.eval.Sample] becomes a
/// [SampleResult][dev.polymnia.eval.SampleResult], which is kept at once, so a run that was stopped
/// goes on where it was. Logs and reports are made from a [RunLog][dev.polymnia.eval.RunLog].
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval;
