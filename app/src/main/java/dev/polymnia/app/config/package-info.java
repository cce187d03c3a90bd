/// The configuration of the server: [Setting] is the table of all keys, [Configuration] reads them
/// from a file and the environment, [Reference] writes the page about them.
@NullMarked
package dev.polymnia.app.config;

import org.jspecify.annotations.NullMarked;
