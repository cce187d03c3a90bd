/// The sandbox: runs Python that a model wrote.
///
/// [Sandboxes][dev.polymnia.sandbox.Sandboxes] opens the best
/// [Sandbox][dev.polymnia.sandbox.Sandbox] that works on this machine, or says what is missing. A
/// [Job][dev.polymnia.sandbox.Job] goes in, a [Finished][dev.polymnia.sandbox.Finished] comes out,
/// and no process of the program is left.
///
/// There is one implementation, for Linux, in these steps:
///
/// 1. `Programs`, `Python` and `Footing` find out what the machine has and who may make namespaces.
/// 2. `Box` writes the command: bubblewrap for namespaces and files, `prlimit` for limits, a
///    `SeccompFilter` for what the kernel may be asked.
/// 3. `Bubblewrap` is the sandbox; each run is an `Execution`, which looks at the box through
///    `Census`, stops it through `Init` and reads it through `Capture` and `Status`.
/// 4. `Trial` proves a new sandbox before anybody gets it.
@org.jspecify.annotations.NullMarked
package dev.polymnia.sandbox;
