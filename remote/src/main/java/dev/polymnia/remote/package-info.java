/// Somebody else's model as a [branching model][dev.polymnia.core.model.BranchingModel]: any
/// endpoint that speaks Chat Completions, or several that serve the same model. Start at
/// [RemoteModel][dev.polymnia.remote.RemoteModel].
///
/// ```text
/// RemoteModel ─ RemoteTrunk ─ RemoteBranch      what callers hold
///                                  │ start
///                                Course         one start of a branch: words, limits, its listener
///                                  │ 1 … n
///                                Asking         where and how often it is asked for: Pool, Places, Breaker
///                                  │ 1 … tries
///                                Flight         one call for courses with equal requests; its thread
///                                  │ chunks     tells all of them, so that a course needs no locks
///                                Exchange ─ Wire  the call's other thread, which waits for the network
/// ```
///
/// What the library's types hold is turned into our own at the edge:
/// [MessageWriter][dev.polymnia.remote.MessageWriter] and
/// [RequestWriter][dev.polymnia.remote.RequestWriter] on the way out,
/// [ChunkReader][dev.polymnia.remote.ChunkReader] and [Faults][dev.polymnia.remote.Faults] on the
/// way in.
@org.jspecify.annotations.NullMarked
package dev.polymnia.remote;
