package dev.polymnia.server;

import dev.polymnia.core.Cancellation;
import java.util.List;

/// The models that this machine has or can have, of which owners choose while the server runs. What
/// it does to one model is done by one thread at a time. Thread-safe.
public interface ModelLibrary {
    /// There is nothing to choose, as where models are asked that are not on this machine.
    ModelLibrary EMPTY =
            new ModelLibrary() {
                @Override
                public List<Offer> offers() {
                    return List.of();
                }

                @Override
                public void fetch(String name, Arrivals arrivals, Cancellation cancellation) {
                    throw new IllegalArgumentException(name + " is not offered");
                }

                @Override
                public Served open(String name, Cancellation cancellation) {
                    throw new IllegalArgumentException(name + " is not offered");
                }

                @Override
                public void remove(String name) {
                    throw new IllegalArgumentException(name + " is not offered");
                }
            };

    /// A model that can be had.
    ///
    /// @param name what it is called, here and by clients
    /// @param title the published name, for people
    /// @param bytes the size of its file
    /// @param hereBytes how much of it is here
    /// @param isHere whether all of it is
    /// @param licence an SPDX identifier
    /// @param hindrance why it cannot answer on this machine, as a sentence; empty if it can
    /// @param isUsual whether it is the one to begin with
    /// @param isRemovable whether there is a file of it that can be deleted
    record Offer(
            String name,
            String title,
            long bytes,
            long hereBytes,
            boolean isHere,
            String licence,
            String hindrance,
            boolean isUsual,
            boolean isRemovable) {}

    /// Is told how a model comes. Called on the thread that fetches.
    interface Arrivals {
        /// So many bytes of all are here.
        void here(long bytes, long all);

        /// Something that a person who waits wants to know, as one sentence.
        void note(String words);
    }

    /// Returns all, in the order in which people should see them.
    List<Offer> offers();

    /// Fetches a model and checks it, unless it is here.
    ///
    /// @param name of an offer
    /// @throws dev.polymnia.core.Fault if that fails; what has come stays
    void fetch(String name, Arrivals arrivals, Cancellation cancellation);

    /// Loads a model that is here, and remembers that it is to answer from now on.
    ///
    /// @param name of an offer
    /// @return the model, which stays this library's to close
    /// @throws dev.polymnia.core.Fault if it cannot be loaded
    Served open(String name, Cancellation cancellation);

    /// Forgets a model: it is not to answer any more, is unloaded as soon as nothing is at work on
    /// it, and its file is deleted.
    ///
    /// @param name of an offer
    /// @throws dev.polymnia.core.Fault `UNAVAILABLE` or `UNSUPPORTED` if it cannot be deleted,
    ///   `OVERLOADED` if it is at work elsewhere; nothing is changed then
    void remove(String name);
}
