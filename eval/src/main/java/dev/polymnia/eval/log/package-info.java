/// Runs in the log format of the field's standard harness, Inspect AI (`EvalLog`, version 2).
///
/// [InspectLog][dev.polymnia.eval.log.InspectLog] writes a run as plain JSON or as the `.eval`
/// archive; [ForeignLog][dev.polymnia.eval.log.ForeignLog] reads what Inspect itself wrote, so that
/// it can be reported beside our own runs. Between them a log is made of a header (what was run,
/// results, tokens), its samples, their chat messages and their events.
///
/// The shape follows the repository UKGovernmentBEIS/inspect_ai: `log/_log.py` at 020dd01884, the
/// layout of archives and the events as they were after release 0.3.232 (May 2026). What later
/// releases ask for besides is there too: every message and event has an id of its own, and a
/// generation's configuration holds nothing that they do not know.
///
/// Where the two differ: a sample that failed counts as wrong here, so it has a score of `I` beside
/// its error; Inspect would leave it out of its metrics. `input_tokens` are the prompt tokens that
/// were read, `input_tokens_cache_read` those that were held already, and `total_tokens` is the sum
/// of all. A run that is not finished has results too, of what there is.
@org.jspecify.annotations.NullMarked
package dev.polymnia.eval.log;
