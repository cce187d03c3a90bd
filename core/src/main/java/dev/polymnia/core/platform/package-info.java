/// What the program needs to know of the machine it runs on, and of the person who runs it: where
/// their files lie, and through which proxy others are reached.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.platform;
