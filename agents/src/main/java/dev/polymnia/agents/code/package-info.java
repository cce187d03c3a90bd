/// Programs that agents write: finding them in an answer
/// ([Programs][dev.polymnia.agents.code.Programs]), and running them in the sandbox
/// ([SandboxPrograms][dev.polymnia.agents.code.SandboxPrograms]). Those that answer a question are
/// run for their result; those that are the answer are held against the tests that the question
/// shows ([CodeQuestion][dev.polymnia.agents.code.CodeQuestion]) and compared by what they do.
@org.jspecify.annotations.NullMarked
package dev.polymnia.agents.code;
