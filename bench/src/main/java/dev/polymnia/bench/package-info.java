/// Benchmarks: JMH for the parts, whole programs for the claims.
@org.jspecify.annotations.NullMarked
package dev.polymnia.bench;
