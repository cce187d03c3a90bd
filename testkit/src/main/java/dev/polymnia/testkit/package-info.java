/// A model that follows a script, a clock that is moved by hand, and the suites that every implementation of a port must pass.
@org.jspecify.annotations.NullMarked
package dev.polymnia.testkit;
