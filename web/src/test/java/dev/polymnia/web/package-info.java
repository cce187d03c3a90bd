/// The server that the scenarios of the page start.
@NullMarked
package dev.polymnia.web;

import org.jspecify.annotations.NullMarked;
