package dev.polymnia.models;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Brings a file from the model hub over HTTPS, from the first byte that is missing. What looks
/// passing is tried again, with longer and longer waits; as long as bytes come, it does not give
/// up.
final class HubCarrier implements Carrier {
    /// How often it may fail in a row without bringing a byte.
    static final int MOST_FAILURES = 5;

    /// How often it may fail in all.
    static final int MOST_ATTEMPTS = 100;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};

    private final Hub hub;
    private final URI address;
    private final HubSettings settings;

    HubCarrier(Hub hub, Source.Hub source, HubSettings settings) {
        this.hub = hub;
        this.address = hub.address(source);
        this.settings = settings;
    }

    @Override
    public String name() {
        return "model hub " + hub.base().getHost();
    }

    @Override
    public long extraBytes() {
        return 0;
    }

    @Override
    public void carry(Transfer transfer) throws Unobtainable {
        try (HubClient client = new HubClient(hub, settings.limits(), settings.trust())) {
            boolean moved = false;
            int failures = 0;
            for (int attempt = 1; transfer.partial().missing() > 0; attempt++) {
                long before = transfer.partial().length();
                try {
                    attempt(client, transfer, moved);
                    return;
                } catch (Unobtainable e) {
                    boolean brought = transfer.partial().length() > before;
                    moved |= brought;
                    failures = brought ? 1 : failures + 1;
                    if (e.again().isEmpty()
                            || failures >= MOST_FAILURES
                            || attempt >= MOST_ATTEMPTS) {
                        throw e;
                    }
                    Duration wait = settings.backOff().before(failures, e.again().get());
                    transfer.progress()
                            .note(
                                    "The %s: %s; trying again in %d s."
                                            .formatted(
                                                    name(),
                                                    e.reason(),
                                                    Math.max(1, wait.toSeconds())));
                    settings.pause().sleep(wait, transfer.cancellation());
                }
            }
        }
    }

    /// @param moved whether it brought bytes before, so that a connection that fails now is worth
    ///   another try
    private void attempt(HubClient client, Transfer transfer, boolean moved) throws Unobtainable {
        long from = transfer.partial().length();
        Map<String, String> headers = new HashMap<>();
        if (from > 0) {
            headers.put("Range", "bytes=" + from + "-");
            transfer.partial().validator().ifPresent(text -> headers.put("If-Range", text));
        }
        try (HubClient.Answer answer = client.get(address, headers, transfer.cancellation())) {
            long begin = HubAnswers.begin(answer, transfer, from);
            requireSameFile(answer.first(), transfer.entry());
            begin = renew(answer.head(), transfer, begin);
            read(answer.body(), client.silence(), transfer, begin);
        } catch (HttpTimeoutException | ConnectException e) {
            throw HubAnswers.unreached(e, hub, address, moved).causedBy(e);
        } catch (IOException e) {
            throw HubAnswers.broken(e, hub, address).causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(Fault.Code.CANCELLED, "The download was interrupted.", e);
        }
    }

    /// The hub tells digest and size of large files beforehand.
    private static void requireSameFile(HttpHeaders head, CatalogueEntry entry)
            throws Unobtainable {
        Optional<String> digest =
                head.firstValue("X-Linked-Etag")
                        .map(text -> text.replace("\"", ""))
                        .filter(text -> SHA256.matcher(text).matches());
        if (digest.isPresent() && !digest.get().equals(entry.sha256())) {
            throw Unobtainable.corrupt(
                    "it offers a file with the SHA-256 "
                            + digest.get()
                            + " instead of "
                            + entry.sha256());
        }
    }

    /// Notes how the server calls the file; starts anew if it is not the file of the bytes here.
    ///
    /// @return where in the file the body begins
    private static long renew(HttpHeaders head, Transfer transfer, long begin) {
        Optional<String> validator =
                head.firstValue("ETag")
                        // A weak one does not promise the same bytes.
                        .filter(text -> text.startsWith("\""))
                        .or(() -> head.firstValue("Last-Modified"));
        Partial partial = transfer.partial();
        if (validator.isEmpty() || validator.equals(partial.validator())) {
            return begin;
        }
        if (begin == 0 && partial.length() > 0 && partial.validator().isPresent()) {
            transfer.startAgain();
        }
        partial.validator(validator.get());
        return begin;
    }

    private static void read(BodyQueue body, Duration silence, Transfer transfer, long begin)
            throws IOException, InterruptedException, Unobtainable {
        // A server that cannot begin in the middle sends again what is here; that is passed over.
        long position = begin;
        try (var _ = transfer.cancellation().onRequest(body::wake)) {
            while (true) {
                Optional<List<ByteBuffer>> some = body.next(silence);
                transfer.cancellation().check();
                if (some.isEmpty()) {
                    break;
                }
                for (ByteBuffer buffer : some.get()) {
                    byte[] bytes = new byte[buffer.remaining()];
                    buffer.get(bytes);
                    requireMagic(bytes, position);
                    int skip = Math.clamp(transfer.partial().length() - position, 0, bytes.length);
                    transfer.take(bytes, skip, bytes.length - skip);
                    position += bytes.length;
                }
            }
        }
        if (transfer.partial().missing() > 0) {
            throw Unobtainable.passing("it stopped at byte " + position, Duration.ZERO);
        }
    }

    /// Looks at the first four bytes, however they are cut.
    private static void requireMagic(byte[] bytes, long position) throws Unobtainable {
        for (int i = 0; i < bytes.length && position + i < MAGIC.length; i++) {
            if (bytes[i] != MAGIC[(int) position + i]) {
                throw Unobtainable.unavailable(
                        "it sent something that is not a GGUF file", HubAnswers.PORTAL);
            }
        }
    }
}
