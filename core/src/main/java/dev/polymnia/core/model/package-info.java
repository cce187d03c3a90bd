/// Who answers. Two ports and what they speak; and a third,
/// [Embedder][dev.polymnia.core.model.Embedder], which makes vectors of texts.
///
/// A [ChatModel][dev.polymnia.core.model.ChatModel] continues one
/// [prompt][dev.polymnia.core.model.Prompt]. A
/// [BranchingModel][dev.polymnia.core.model.BranchingModel] holds a shared beginning, the
/// [trunk][dev.polymnia.core.model.Trunk], and forks [branches][dev.polymnia.core.model.Branch]
/// from it. Branches are pushed, not pulled: each runs until it stops and tells a
/// [listener][dev.polymnia.core.model.BranchListener] what happens, so a model is free to put the
/// rows of many branches into one step.
///
/// **Why a fork takes a whole prompt.** Text that is cut at a string boundary does not always fall
/// into the same tokens as the whole. So a fork is described by the complete prompt, messages and
/// the beginning of the answer included; the model renders and tokenises all of it and forks at the
/// longest common *token* prefix with what it holds. A continued branch (a tool result, a probe, a
/// forced ending) is the same thing once more.
///
/// **Why a meter.** Whether one more token may be spent is decided outside the model, in one place
/// ([Account][dev.polymnia.core.run.Account]); the model asks its
/// [meter][dev.polymnia.core.model.Meter] before each step and does not know what a budget is.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.model;
