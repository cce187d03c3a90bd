package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;

/// The sandbox of machines where bubblewrap does not work: Python as GraalPy runs it, one child JVM
/// for each run. Thread-safe.
///
/// The wall around the program is GraalPy's own, in Java: a flaw of it gives the program what a
/// process of this user may do.
final class GraalPy implements Sandbox {
    private final ChildJvm jvm;
    private final Runs runs = new Runs();

    private GraalPy(ChildJvm jvm) {
        this.jvm = jvm;
    }

    /// Opens a sandbox and proves it.
    ///
    /// @throws Fault with `UNAVAILABLE` if it does not work or does not hold
    static GraalPy open(ChildJvm jvm) {
        GraalPy sandbox = new GraalPy(jvm);
        try {
            Trial.prove(sandbox);
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "GraalPy %s in a child JVM (weaker than bubblewrap: docs/design/sandbox.md)"
                .formatted(jvm.version());
    }

    @Override
    public Finished run(Job job) {
        return runs.use(() -> runs.finish(ChildRun.start(jvm, job)));
    }

    @Override
    public void close() {
        runs.close(() -> {});
    }
}
