/// Which models there are, where their files come from, and how their prompts are written.
@org.jspecify.annotations.NullMarked
package dev.polymnia.models;
