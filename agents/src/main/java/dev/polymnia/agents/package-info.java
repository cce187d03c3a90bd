/// How thoughts become an answer. [Assistant][dev.polymnia.agents.Assistant] answers one
/// [request][dev.polymnia.agents.RunRequest] with the strategy of its mode:
///
/// | mode | strategy |
/// | --- | --- |
/// | Instant, Thinking | `Single`: one agent, its answer streamed |
/// | Contemplating | `Contemplate`: waves of agents on one trunk, a vote, an early stop |
///
/// For evaluations there are two more: `Gather` samples the chains of a branch bank in full, and
/// `Force` prolongs the thoughts of one agent up to its budget. A [Poll][dev.polymnia.agents.Poll]
/// is the vote of Contemplating by itself, so that it can be held again over chains that are
/// stored.
///
/// Agents may call [tools][dev.polymnia.core.message.Tool]. Those of the client
/// [suspend][dev.polymnia.agents.Suspended] the run, which is resumed with their results.
///
/// A strategy runs on the caller's thread. Its agents' branches tell their events on the model's
/// thread, which must not wait, so they go through a queue; the strategy takes them from there,
/// gives each its place in the [run][dev.polymnia.core.run.RunEvent] and passes it to the listener.
/// A strategy therefore sees one event at a time and needs no locks.
@org.jspecify.annotations.NullMarked
package dev.polymnia.agents;
