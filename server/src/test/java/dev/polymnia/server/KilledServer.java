package dev.polymnia.server;

import dev.polymnia.agents.Assistant;
import dev.polymnia.core.Clock;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedEmbedder;
import dev.polymnia.testkit.ScriptedModel;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A server of its own process, to be killed: `KilledServer FOLDER` or `KilledServer URL` of a
/// PostgreSQL. Says where it answers, and goes on until it is killed or nobody holds its input any
/// more.
final class KilledServer {
    private static final String REPLY = "word ".repeat(100) + "\nAnswer: 31";

    /// About as fast as a small model.
    private static final long STEP_NANOS = 2_000_000;

    private KilledServer() {}

    static ScriptedModel model() {
        return ScriptedModel.of((_, _) -> Reply.of(REPLY))
                .afterStep(() -> LockSupport.parkNanos(STEP_NANOS));
    }

    /// Returns how to start one.
    ///
    /// @param place a folder, or the URL of a database
    static ProcessBuilder program(String place) {
        String path =
                String.join(
                        File.pathSeparator,
                        "target/test-classes",
                        "target/classes",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        // It lives for seconds.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        KilledServer.class.getName(),
                        place)
                .directory(Path.of(System.getProperty("basedir", "")).toAbsolutePath().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static Store open(String place) {
        return place.startsWith("jdbc:")
                ? Store.at(place, EventJson::line)
                : Store.inFolder(Path.of(place), EventJson::line);
    }

    public static void main(String[] arguments) throws Exception {
        try (Store store = open(arguments[0]);
                ScriptedModel model = model();
                PolymniaServer server =
                        new PolymniaServer(
                                List.of(
                                        new Served(
                                                new Assistant(model, Clock.SYSTEM), model.info())),
                                new ScriptedEmbedder(),
                                store,
                                new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()),
                                _ -> {})) {
            PrintStream out = System.out;
            out.println(server.url());
            out.flush();
            while (System.in.read() >= 0) {
                // Whoever started it is there.
            }
        }
    }
}
