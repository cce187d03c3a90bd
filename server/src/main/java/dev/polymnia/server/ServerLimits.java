package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Fault;
import dev.polymnia.server.store.FileLimits;
import java.time.Duration;

/// How much a server takes on.
///
/// @param bodyBytes of a request's body
/// @param headerBytes of all headers of a request together
/// @param connections that are open at once; more wait to be accepted
/// @param runs at work at once
/// @param waiting runs that wait for one of them to end; more are refused
/// @param patience how long a run waits before it is refused
/// @param events of a run that wait for a client that reads slowly; with more it is dropped
/// @param files of conversations that are kept
public record ServerLimits(
        int bodyBytes,
        int headerBytes,
        int connections,
        int runs,
        int waiting,
        Duration patience,
        int events,
        FileLimits files) {
    /// For a laptop: bodies for long conversations, and no more runs at once than a small machine
    /// answers in decent time.
    public static final ServerLimits USUAL =
            new ServerLimits(16 << 20, 16 << 10, 1024, 4, 16, Duration.ofMinutes(1), 10_000);

    private static final int LEAST_HEADERS = 1 << 10;

    /// Checks the parts.
    ///
    /// @throws Fault `INVALID` if a number is not possible
    public ServerLimits {
        require("Bodies of", bodyBytes, "bytes", 1);
        require("Headers of", headerBytes, "bytes", LEAST_HEADERS);
        require("A limit of", connections, "connections", 1);
        require("A limit of", runs, "runs at once", 1);
        require("A limit of", waiting, "runs that wait", 0);
        require("A limit of", events, "events that wait", 1);
        requireNonNull(patience, "patience is null");
        requireNonNull(files, "files is null");
        if (patience.isNegative()) {
            throw new Fault(Fault.Code.INVALID, "A wait of " + patience + "; choose 0 or more.");
        }
    }

    /// Creates limits with the usual ones for files.
    ///
    /// @throws Fault as the one with all parts
    public ServerLimits(
            int bodyBytes,
            int headerBytes,
            int connections,
            int runs,
            int waiting,
            Duration patience,
            int events) {
        this(
                bodyBytes,
                headerBytes,
                connections,
                runs,
                waiting,
                patience,
                events,
                FileLimits.USUAL);
    }

    private static void require(String before, int value, String after, int least) {
        if (value < least) {
            throw new Fault(
                    Fault.Code.INVALID,
                    "%s %d %s; choose %d or more.".formatted(before, value, after, least));
        }
    }

    /// Returns these limits with another one for bodies.
    public ServerLimits withBodyBytes(int value) {
        return new ServerLimits(
                value, headerBytes, connections, runs, waiting, patience, events, files);
    }

    /// Returns these limits with another one for headers.
    public ServerLimits withHeaderBytes(int value) {
        return new ServerLimits(
                bodyBytes, value, connections, runs, waiting, patience, events, files);
    }

    /// Returns these limits with another one for connections.
    public ServerLimits withConnections(int value) {
        return new ServerLimits(
                bodyBytes, headerBytes, value, runs, waiting, patience, events, files);
    }

    /// Returns these limits with other ones for runs.
    public ServerLimits withRuns(int most, int mostWaiting, Duration longest) {
        return new ServerLimits(
                bodyBytes, headerBytes, connections, most, mostWaiting, longest, events, files);
    }

    /// Returns these limits with another one for events.
    public ServerLimits withEvents(int value) {
        return new ServerLimits(
                bodyBytes, headerBytes, connections, runs, waiting, patience, value, files);
    }

    /// Returns these limits with other ones for files.
    public ServerLimits withFiles(FileLimits value) {
        return new ServerLimits(
                bodyBytes, headerBytes, connections, runs, waiting, patience, events, value);
    }
}
