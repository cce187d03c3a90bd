/// What everything that talks to another machine needs to know of this one: its proxies.
@org.jspecify.annotations.NullMarked
package dev.polymnia.core.net;
