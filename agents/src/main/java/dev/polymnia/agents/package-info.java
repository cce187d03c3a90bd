/// The modes: strategies that turn several thoughts into one answer.
@org.jspecify.annotations.NullMarked
package dev.polymnia.agents;
