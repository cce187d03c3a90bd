package dev.polymnia.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.polymnia.core.Fault;
import dev.polymnia.core.message.Content;
import dev.polymnia.core.message.Message;
import dev.polymnia.core.message.Role;
import dev.polymnia.core.model.Prompt;
import dev.polymnia.core.platform.MessageDigests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The endpoints that serve a model, and at which of them each trunk is. Thread-safe.
///
/// A trunk is at one endpoint, whose cache then holds its prompt. Which one follows from the
/// beginning of the conversation by rendezvous hashing (Thaler and Ravishankar, "Using Name-Based
/// Mappings to Increase Hit Rates", IEEE/ACM Transactions on Networking 6(1), 1998): the next turn
/// comes to the same one, also from another process, and when an endpoint fails only what was there
/// moves. No endpoint has more than its even share of the trunks and a quarter (Mirrokni, Thorup
/// and Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018); what does not fit goes
/// to the conversation's next choice. The bound is rounded down, though not below an even share, as
/// of two trunks at two endpoints neither should wait for the other.
final class Pool {
    /// What an endpoint may have of the trunks, in even shares.
    private static final double MOST_SHARES = 1.25;

    private final List<Link> links;
    private final Map<Link, Integer> trunks = new HashMap<>(); // guarded by this

    /// @param links with the same model, at least one
    Pool(List<Link> links) {
        this.links = List.copyOf(links);
    }

    List<Link> links() {
        return links;
    }

    /// Finds a place for a trunk.
    Seat seat(Prompt prompt) {
        return new Seat(prompt);
    }

    /// Returns why no endpoint is asked.
    Fault unavailable() {
        return new Fault(
                Fault.Code.UNAVAILABLE,
                "None of the %d endpoints can be asked now; look at what they say, or ask again later.%s"
                        .formatted(
                                links.size(),
                                links.stream().map(Pool::standing).collect(joining())));
    }

    private static String standing(Link link) {
        return link.breaker()
                .standing()
                .map(words -> "%n  %s %s".formatted(link.options().base(), words))
                .orElse("");
    }

    /// @param order the choices of a conversation, the first one first
    private Optional<Link> choose(List<Link> order, Predicate<Link> fits) {
        List<Link> open = order.stream().filter(fits).toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        int all = open.stream().mapToInt(this::held).sum() + 1;
        int even = Math.ceilDiv(all, open.size());
        int most = Math.max(even, (int) (MOST_SHARES * all / open.size()));
        return open.stream().filter(link -> held(link) < most).findFirst();
    }

    private int held(Link link) {
        return trunks.getOrDefault(link, 0);
    }

    private List<Link> order(Prompt prompt) {
        record Choice(Link link, long score) {}
        return links.size() == 1
                ? links
                : links.stream()
                        .map(link -> new Choice(link, score(link, prompt)))
                        .sorted(Comparator.comparingLong(Choice::score).reversed())
                        .map(Choice::link)
                        .toList();
    }

    private static long score(Link link, Prompt prompt) {
        MessageDigest digest = MessageDigests.sha256();
        digest.update(link.options().base().toString().getBytes(UTF_8));
        beginning(prompt).forEach(text -> digest.update(text.getBytes(UTF_8)));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /// Returns what all turns of a conversation begin with: all texts up to the first of its user.
    private static Stream<String> beginning(Prompt prompt) {
        List<Message> messages = prompt.messages();
        long before = messages.stream().takeWhile(each -> each.role() != Role.USER).count();
        return messages.stream()
                .limit(before + 1)
                .flatMap(message -> message.parts().stream())
                .filter(Content.Text.class::isInstance)
                .map(part -> "\0" + ((Content.Text) part).text());
    }

    /// Where a trunk is. Thread-safe.
    final class Seat implements AutoCloseable {
        private final List<Link> order;
        private Link link; // guarded by the pool
        private boolean closed; // guarded by the pool

        private Seat(Prompt prompt) {
            order = order(prompt);
            synchronized (Pool.this) {
                // Where all are ill it is as good at its first choice as anywhere.
                link = choose(order, each -> each.breaker().mayBeAsked()).orElse(order.getFirst());
                trunks.merge(link, 1, Integer::sum);
            }
        }

        Link link() {
            synchronized (Pool.this) {
                return link;
            }
        }

        /// Returns which endpoint is asked next: that where the trunk is, or another one, to which
        /// the trunk moves then.
        ///
        /// @param avoided those that are not
        /// @return empty if there is none
        Optional<Link> next(Set<Link> avoided) {
            Predicate<Link> fits = each -> !avoided.contains(each) && each.breaker().mayBeAsked();
            synchronized (Pool.this) {
                if (fits.test(link)) {
                    return Optional.of(link);
                }
                Optional<Link> other = choose(order, fits);
                other.ifPresent(this::move);
                return other;
            }
        }

        private void move(Link other) {
            if (!closed) {
                trunks.merge(link, -1, Integer::sum);
                trunks.merge(other, 1, Integer::sum);
            }
            link = other;
        }

        Fault unavailable() {
            return Pool.this.unavailable();
        }

        @Override
        public void close() {
            synchronized (Pool.this) {
                if (!closed) {
                    closed = true;
                    trunks.merge(link, -1, Integer::sum);
                }
            }
        }
    }
}
