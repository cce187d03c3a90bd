package dev.polymnia.sandbox;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.UUID;

/// The proof that a sandbox works and holds: a program that prints a word, tries to write where it
/// may not, and at last tries to reach a port that is open, which may end it.
final class Trial {
    private static final String PROGRAM =
            """
            import os, socket

            def write(path):
                try:
                    open(path, "w").close()
                    return "written"
                except OSError:
                    return "refused"

            def find(path):
                return "found" if os.path.exists(path) else "missing"

            print("WORD", write("/outside"), write("/usr/outside"), write("/dev/outside"))
            print(write("inside"), find("/etc/passwd"), find("/sys"), find("/var"))
            try:
                socket.create_connection(("127.0.0.1", PORT), 2).close()
                print("reached")
            except OSError:
                pass
            """;

    private static final String HOLDS =
            """
            WORD refused refused refused
            written missing missing missing
            """;

    private Trial() {}

    /// Proves a sandbox.
    ///
    /// @throws Fault with `UNAVAILABLE` if it does not work, or does not hold
    static void prove(Sandbox sandbox) {
        String word = UUID.randomUUID().toString();
        try (ServerSocketChannel open =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            open.configureBlocking(false);
            String port = Integer.toString(open.socket().getLocalPort());
            Finished finished =
                    sandbox.run(Job.python(PROGRAM.replace("WORD", word).replace("PORT", port)));
            check(sandbox, finished, HOLDS.replace("WORD", word), isReached(open));
        } catch (IOException e) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "No port can be opened to prove the sandbox with: %s."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static void check(Sandbox sandbox, Finished finished, String holds, boolean isReached) {
        if (isReached || finished.output().contains("reached")) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The sandbox (%s) does not hold: an open port was reached."
                            .formatted(sandbox.description()));
        }
        if (finished.ending() != Ending.EXITED || finished.output().isEmpty()) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "A trial run of %s does not work: %s with exit code %d. %s"
                            .formatted(
                                    sandbox.description(),
                                    finished.ending(),
                                    finished.exitCode(),
                                    finished.errors().strip()));
        }
        if (!finished.output().equals(holds)) {
            throw new Fault(
                    Fault.Code.UNAVAILABLE,
                    "The sandbox (%s) does not hold: %s"
                            .formatted(sandbox.description(), finished.output().strip()));
        }
    }

    private static boolean isReached(ServerSocketChannel open) throws IOException {
        try (SocketChannel visitor = open.accept()) {
            return visitor != null;
        }
    }
}
