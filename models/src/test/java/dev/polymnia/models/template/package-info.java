/// Tests of the chat template interpreter.
@org.jspecify.annotations.NullMarked
package dev.polymnia.models.template;
