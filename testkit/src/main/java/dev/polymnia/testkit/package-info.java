/// What the tests of every module share.
///
/// [ScriptedModel][dev.polymnia.testkit.ScriptedModel] is a branching model without weights: it
/// says what its script says, a word a step, on its own thread or when the test tells it to.
/// [FakeServer][dev.polymnia.testkit.FakeServer] is an OpenAI-compatible endpoint on a real socket.
/// [ChildServer][dev.polymnia.testkit.ChildServer] is one of ours in a process of its own, which
/// can be killed; [RunClient][dev.polymnia.testkit.RunClient] starts and watches its runs, and
/// [ToldRuns][dev.polymnia.testkit.ToldRuns] knows what of them was told.
/// [Postgres][dev.polymnia.testkit.Postgres] is a real one.
/// [ManualClock][dev.polymnia.testkit.ManualClock] stands still until it is moved.
/// [BranchingModelContract][dev.polymnia.testkit.BranchingModelContract] holds what every
/// implementation of the model port promises; each implementation has a test class that extends it.
@org.jspecify.annotations.NullMarked
package dev.polymnia.testkit;
