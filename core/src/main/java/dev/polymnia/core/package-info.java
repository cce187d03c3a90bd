/// The words and the ports that every other module speaks. Start here.
///
/// A person asks a question; the question becomes a [dev.polymnia.core.model.Prompt] of
/// [messages][dev.polymnia.core.message.Message]; a mode opens a
/// [trunk][dev.polymnia.core.model.Trunk] for it at a
/// [model][dev.polymnia.core.model.BranchingModel] and forks
/// [branches][dev.polymnia.core.model.Branch] from it; what happens is told in
/// [events][dev.polymnia.core.run.RunEvent]; what it costs is reserved, settled and added up in an
/// [account][dev.polymnia.core.run.Account] that ends as a [ledger][dev.polymnia.core.run.Ledger].
///
/// | package | holds |
/// | --- | --- |
/// | `core` | what all the others need: [Fault][dev.polymnia.core.Fault], [Mode][dev.polymnia.core.Mode], cancellation, the clock |
/// | `core.message` | what is said: roles, text, reasoning, pictures, sound, tool calls |
/// | `core.model` | who says it: the model ports, prompts, sampling, what a branch tells |
/// | `core.run` | one answered request: modes, events, budget, ledger |
/// | `core.text` | words that come in parts: where they end, what is thought and what is said |
///
/// Everything here is an immutable value unless its documentation says otherwise.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core;
