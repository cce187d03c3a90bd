/// What the tests of every module share.
///
/// [ScriptedModel][dev.polymnia.testkit.ScriptedModel] is a branching model without weights: it
/// says what its script says, a word a step, on its own thread or when the test tells it to.
/// [FakeServer][dev.polymnia.testkit.FakeServer] is an OpenAI-compatible endpoint on a real socket.
/// [ManualClock][dev.polymnia.testkit.ManualClock] stands still until it is moved.
/// [BranchingModelContract][dev.polymnia.testkit.BranchingModelContract] holds what every
/// implementation of the model port promises; each implementation has a test class that extends it.
@org.jspecify.annotations.NullMarked
package dev.polymnia.testkit;
