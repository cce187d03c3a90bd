package dev.polymnia.bench;

import dev.polymnia.agents.Assistant;
import dev.polymnia.agents.BackgroundRun;
import dev.polymnia.agents.RunRequest;
import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Clock;
import dev.polymnia.core.Mode;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.run.Budget;
import dev.polymnia.core.run.Event;
import dev.polymnia.server.EventJson;
import dev.polymnia.server.PolymniaServer;
import dev.polymnia.server.Served;
import dev.polymnia.server.ServerOptions;
import dev.polymnia.server.store.Store;
import dev.polymnia.testkit.Reply;
import dev.polymnia.testkit.ScriptedEmbedder;
import dev.polymnia.testkit.ScriptedModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells what the way over HTTP adds to a call in the same process: to the first words of an
/// answer, and to each token. A scripted model answers in Instant; a client with one connection
/// kept open reads the stream. In-process calls and requests take turns.
///
/// Arguments: tokens of an answer (500), answers in a round (200), rounds (9).
public final class ServerFigures {
    private static final int WARM_UP = 3;
    private static final String END = "data: [DONE]";

    private final Assistant assistant;
    private final Connection connection;

    /// What one answer took.
    ///
    /// @param first nanoseconds to the first words
    /// @param whole nanoseconds to the end
    private record Times(long first, long whole) {}

    private ServerFigures(Assistant assistant, Connection connection) {
        this.assistant = assistant;
        this.connection = connection;
    }

    /// Runs the measurement.
    public static void main(String... arguments) throws IOException {
        int tokens = number(arguments, 0, 500);
        int answers = number(arguments, 1, 200);
        int rounds = number(arguments, 2, 9);
        String words = "word ".repeat(tokens).strip();
        PrintStream out = System.out;
        try (ScriptedModel model = ScriptedModel.of((_, _) -> Reply.of(words))) {
            Assistant assistant = new Assistant(model, Clock.SYSTEM);
            try (Store store =
                            Store.inFolder(Files.createTempDirectory("figures"), EventJson::line);
                    PolymniaServer server =
                            new PolymniaServer(
                                    List.of(new Served(assistant, model.info())),
                                    new ScriptedEmbedder(),
                                    store,
                                    new ServerOptions(ServerOptions.USUAL_HOST, 0, Set.of()),
                                    _ -> {});
                    Connection connection = new Connection(server.port())) {
                ServerFigures figures = new ServerFigures(assistant, connection);
                double[] first = new double[rounds];
                double[] each = new double[rounds];
                for (int round = -WARM_UP; round < rounds; round++) {
                    Times inProcess = figures.median(answers, figures::inProcess);
                    Times over = figures.median(answers, figures::overHttp);
                    if (round >= 0) {
                        first[round] = (over.first() - inProcess.first()) / 1e6;
                        each[round] =
                                (over.whole()
                                                - inProcess.whole()
                                                - over.first()
                                                + inProcess.first())
                                        / 1e6
                                        / tokens;
                    }
                }
                out.println("%d tokens, %d answers, %d rounds".formatted(tokens, answers, rounds));
                tell(out, "HTTP adds to the first words", first);
                tell(out, "HTTP adds to each token", each);
            }
        }
    }

    private static int number(String[] arguments, int at, int usual) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : usual;
    }

    private interface Way {
        Times ask() throws IOException;
    }

    private Times median(int answers, Way way) throws IOException {
        long[] first = new long[answers];
        long[] whole = new long[answers];
        for (int i = 0; i < answers; i++) {
            Times times = way.ask();
            first[i] = times.first();
            whole[i] = times.whole();
        }
        Arrays.sort(first);
        Arrays.sort(whole);
        return new Times(first[answers / 2], whole[answers / 2]);
    }

    private Times inProcess() {
        RunRequest request =
                new RunRequest(
                        "run",
                        List.of(Message.user("How many?")),
                        Mode.INSTANT,
                        Budget.UNLIMITED,
                        1,
                        2,
                        new Cancellation());
        long[] first = new long[1];
        long begin = System.nanoTime();
        try (BackgroundRun run =
                assistant.start(
                        request,
                        event -> {
                            if (first[0] == 0 && event.event() instanceof Event.AnswerDelta) {
                                first[0] = System.nanoTime() - begin;
                            }
                        })) {
            run.await();
            return new Times(first[0], System.nanoTime() - begin);
        }
    }

    private Times overHttp() throws IOException {
        long begin = System.nanoTime();
        connection.ask(
                "{\"model\": \"instant\", \"stream\": true, \"messages\": [{\"role\": \"user\","
                        + " \"content\": \"How many?\"}]}");
        long first = 0;
        while (true) {
            String line = connection.line();
            if (first == 0 && line.contains("\"content\":\"w")) {
                first = System.nanoTime() - begin;
            }
            if (line.equals(END)) {
                long whole = System.nanoTime() - begin;
                connection.finish();
                return new Times(first, whole);
            }
        }
    }

    private static void tell(PrintStream out, String what, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        out.println(
                String.format(
                        Locale.ROOT,
                        "%s: %.3f ms (%.3f to %.3f)",
                        what,
                        sorted[sorted.length / 2],
                        sorted[0],
                        sorted[sorted.length - 1]));
    }

    /// A connection to the server that is kept open, as clients keep theirs.
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final BufferedReader in;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            out = socket.getOutputStream();
            in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void ask(String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(bytes.length);
            byte[] all =
                    Arrays.copyOf(
                            head.getBytes(StandardCharsets.UTF_8), head.length() + bytes.length);
            System.arraycopy(bytes, 0, all, head.length(), bytes.length);
            out.write(all);
            out.flush();
        }

        /// Returns a line of the answer, whether of its head, its chunks or its words.
        String line() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the server closed the connection");
            }
            return line;
        }

        /// Reads what is left of an answer: its last chunk is empty.
        void finish() throws IOException {
            while (!line().equals("0")) {
                // Nothing of it is wanted.
            }
            line();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
