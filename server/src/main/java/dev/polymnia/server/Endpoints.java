package dev.polymnia.server;

import static java.util.Objects.requireNonNull;

import dev.polymnia.core.Cancellation;
import dev.polymnia.core.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The endpoints elsewhere that owners add while the server runs, and that are there at the next
/// start, too. One is one model at one address. Thread-safe; what asks an endpoint blocks until it
/// has answered, or it is settled that it does not.
public interface Endpoints {
    /// The most characters of a model's name.
    int LONGEST_NAME = 200;

    /// There is none, and none can be added.
    Endpoints NONE =
            new Endpoints() {
                @Override
                public List<Kept> all() {
                    return List.of();
                }

                @Override
                public Heard test(Wanted wanted, Cancellation cancellation) {
                    throw unsupported();
                }

                @Override
                public Added add(Wanted wanted, Consumer<Kept> check, Cancellation cancellation) {
                    throw unsupported();
                }

                @Override
                public Served connect(String id, Cancellation cancellation) {
                    throw unsupported();
                }

                @Override
                public void remove(String id) {
                    throw unsupported();
                }

                private Fault unsupported() {
                    return new Fault(
                            Fault.Code.UNSUPPORTED,
                            "This server takes no endpoints while it runs; name them when it is"
                                    + " started.");
                }
            };

    /// An endpoint as somebody names it.
    ///
    /// @param url its address
    /// @param key what it wants to know its users by; empty for none. Shown nowhere, nor by
    ///   [#toString]
    /// @param model its name of a model; empty for the only one it has
    record Wanted(String url, String key, String model) {
        /// Checks the parts.
        public Wanted {
            requireNonNull(url, "url is null");
            requireNonNull(key, "key is null");
            requireNonNull(model, "model is null");
        }

        /// Returns the parts without the key.
        @Override
        public String toString() {
            return "Wanted[%s, %s, model '%s']"
                    .formatted(url, key.isEmpty() ? "no key" : "with a key", model);
        }
    }

    /// One that was added.
    ///
    /// @param id by which it is known here
    /// @param address with nothing secret in it
    /// @param model what the model is called, there and by clients here; no two have one name
    /// @param hasKey whether it is shown a key
    record Kept(String id, String address, String model, boolean hasKey) {}

    /// What a test came to.
    ///
    /// @param models the names of all models; none if the endpoint does not list them
    /// @param model the one that was asked; empty if there are several and none was named, so that
    ///   none was asked
    /// @param words what it said; empty if it said nothing
    /// @param contextTokens the most tokens of prompt and answer together; 0 if none was asked
    /// @param time from the question to the end of the words
    record Heard(
            List<String> models, String model, String words, int contextTokens, Duration time) {
        /// Copies the models.
        public Heard {
            models = List.copyOf(models);
        }
    }

    /// One that was added, and what answers by it.
    ///
    /// @param served stays the endpoints' to close
    record Added(Kept kept, Served served) {}

    /// Returns all, in the order in which they were added.
    ///
    /// @throws Fault if what is kept of them cannot be read
    List<Kept> all();

    /// Asks an endpoint for its models and, if one is named or there is but one, that one for a few
    /// words. Nothing is kept, and it ends whatever the endpoint does.
    ///
    /// @throws Fault why it would not answer
    Heard test(Wanted wanted, Cancellation cancellation);

    /// Connects to an endpoint and keeps it.
    ///
    /// @param check is told what would be kept, just before it is; what it throws is thrown on, and
    ///   nothing is kept then
    /// @throws Fault why it does not answer or cannot be kept; `INVALID` if it has several models
    ///   and none is named; `CORRUPT` if it calls its model what is no name
    Added add(Wanted wanted, Consumer<Kept> check, Cancellation cancellation);

    /// Connects to one that is kept.
    ///
    /// @return what answers, which stays the endpoints' to close
    /// @throws Fault why it does not answer; `NOT_FOUND` if none of that id is kept
    Served connect(String id, Cancellation cancellation);

    /// Forgets an endpoint and its key. What is at work on it goes on.
    ///
    /// @throws Fault if that cannot be written, and nothing is changed then; `NOT_FOUND` if none of
    ///   that id is kept
    void remove(String id);
}
