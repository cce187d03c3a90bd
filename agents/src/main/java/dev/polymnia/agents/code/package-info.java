/// Programs that agents write: finding them in an answer
/// ([Programs][dev.polymnia.agents.code.Programs]), and running those that answer a question
/// ([Solutions][dev.polymnia.agents.code.Solutions]) in the sandbox.
@org.jspecify.annotations.NullMarked
package dev.polymnia.agents.code;
