package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;

/// The proof that a sandbox works and holds: a program that prints a word, tries to reach a port
/// that is open, and tries to write where it may not.
final class Trial {
    private static final String PROGRAM =
            """
            import os, socket

            def reach(port):
                try:
                    socket.create_connection(("127.0.0.1", port), 2).close()
                    return "reached"
                except OSError:
                    return "refused"

            def write(path):
                try:
                    open(path, "w").close()
                    return "written"
                except OSError:
                    return "refused"

            def find(path):
                return "found" if os.path.exists(path) else "missing"

            print("WORD", reach(PORT), write("/outside"), write("/usr/outside"), write("/dev/outside"))
            print(write("inside"), find("/etc/passwd"), find("/sys"), find("/var"))
            """;

    private static final String HOLDS =
            """
            WORD refused refused refused refused
            written missing missing missing
            """;

    private Trial() {}

    /// Proves a sandbox.
    ///
    /// @throws Fault with `UNAVAILABLE` if it does not work, or does not hold
    static void prove(Sandbox sandbox) {
        String word = UUID.randomUUID().toString();
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finished finished =
                    sandbox.run(
                            Job.python(
                                    PROGRAM.replace("WORD", word)
                                            .replace(
                                                    "PORT",
                                                    Integer.toString(open.getLocalPort()))));
            if (finished.ending() != Ending.EXITED || finished.exitCode() != 0) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE,
                        "A trial run of %s does not work: %s with exit code %d. %s"
                                .formatted(
                                        sandbox.description(),
                                        finished.ending(),
                                        finished.exitCode(),
                                        finished.errors().strip()));
            }
            if (!finished.output().equals(HOLDS.replace("WORD", word))) {
                throw new Fault(
                        Fault.Code.UNAVAILABLE,
                        "The sandbox (%s) does not hold: %s"
                                .formatted(sandbox.description(), finished.output().strip()));
            }
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "No port can be opened to prove the sandbox with: %s."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
