/// The official clients for Java of the APIs that the server speaks: each asks for the same
/// scenarios in every mode. [dev.polymnia.clients.Main] runs them; `etc/check-clients.py` puts what
/// passed beside the clients for Python and Node.js.
@NullMarked
package dev.polymnia.clients;

import org.jspecify.annotations.NullMarked;
