/// The program: command line, configuration and wiring.
@org.jspecify.annotations.NullMarked
package dev.polymnia.app;
