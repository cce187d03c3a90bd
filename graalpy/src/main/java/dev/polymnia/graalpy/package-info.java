/// The program of the child JVM in which the sandbox runs Python where bubblewrap does not work.
///
/// [Child][dev.polymnia.graalpy.Child] reads a `Task` from its standard input, has an `Interpreter`
/// run it over a `ProgramFileSystem`, and tells what happens in `Frames` on its standard output. It
/// depends on GraalPy and on no other module; the module `sandbox` starts it and reads the frames.
@org.jspecify.annotations.NullMarked
package dev.polymnia.graalpy;
