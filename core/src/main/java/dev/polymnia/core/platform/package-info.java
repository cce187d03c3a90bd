/// What the program needs to know of the machine it runs on, and of the person who runs it: where
/// their files lie, through which proxy others are reached, and the digests that every Java has.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.platform;
