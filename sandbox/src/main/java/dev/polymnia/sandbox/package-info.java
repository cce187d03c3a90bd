/// The sandbox: runs Python that a model wrote.
///
/// [Sandboxes][dev.polymnia.sandbox.Sandboxes] opens the best
/// [Sandbox][dev.polymnia.sandbox.Sandbox] that works on this machine, or says what is missing. A
/// [Job][dev.polymnia.sandbox.Job] goes in, a [Finished][dev.polymnia.sandbox.Finished] comes out,
/// and no process of the program is left.
///
/// There are two implementations. The first, for Linux, works in these steps:
///
/// 1. `Programs`, `Python` and `Footing` find out what the machine has and who may make namespaces.
/// 2. `Box` writes the command: bubblewrap for namespaces and files, `prlimit` for limits, a
///    `SeccompFilter` for what the kernel may be asked.
/// 3. `Bubblewrap` is the sandbox; each run is an `Execution`, which looks at the box through
///    `Census`, stops it through `Init` and reads it through `Capture` and `Status`.
/// 4. `Trial` proves a new sandbox before anybody gets it.
///
/// The second is for everywhere else, and weaker: `GraalPy` runs each program in a `ChildJvm` of
/// its own, in which the module `graalpy` interprets it; a `ChildRun` kills that and reads its
/// `Frames`. [Preference][dev.polymnia.sandbox.Preference] chooses; `Runs` is what both share.
@org.jspecify.annotations.NullMarked
package dev.polymnia.sandbox;
