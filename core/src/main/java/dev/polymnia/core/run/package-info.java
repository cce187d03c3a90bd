/// One answered request: a *run*.
///
/// A run has a [Budget][dev.polymnia.core.run.Budget], a set of limits. While it lasts, one
/// [Account][dev.polymnia.core.run.Account] holds what is left of them: whoever spends reserves
/// first and settles afterwards, so no limit is passed, whatever the number of agents. At the end
/// the account becomes a [Ledger][dev.polymnia.core.run.Ledger], what each agent spent.
///
/// Whatever happens is told as a [RunEvent][dev.polymnia.core.run.RunEvent]: an
/// [Event][dev.polymnia.core.run.Event] with the run's name, the agent, a sequence number and the
/// time since the start. The events of a run in order are all there is to know of it: every view (a
/// terminal, a page, a stored conversation) can be rebuilt from their log.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.run;
