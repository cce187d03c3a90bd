/// Tests of the tool call formats and their reader.
@org.jspecify.annotations.NullMarked
package dev.polymnia.models.toolcall;
