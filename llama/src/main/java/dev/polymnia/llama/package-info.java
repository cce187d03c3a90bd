/// The embedded llama.cpp as a branching model; the only module with native access.
@org.jspecify.annotations.NullMarked
package dev.polymnia.llama;
