package dev.polymnia.server;

import dev.polymnia.core.Cancellation;
import java.util.Locale;

/// A model on its way to answering. Thread-safe.
final class Arriving implements ModelLibrary.Arrivals {
    /// How far it has come.
    enum State {
        /// It waits for others.
        WAITING,
        /// Its file comes.
        FETCHING,
        /// It is being loaded.
        LOADING,
        /// It did not work.
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What there is to tell.
    ///
    /// @param here bytes of all that have come
    /// @param words why it waits or failed; empty if there is nothing to say
    record News(State state, long here, long all, String words) {}

    private final Cancellation cancellation = new Cancellation();
    private volatile News news;

    /// @param all how many bytes are to come
    Arriving(long all) {
        news = new News(State.WAITING, 0, all, "");
    }

    Cancellation cancellation() {
        return cancellation;
    }

    News news() {
        return news;
    }

    boolean isOver() {
        return news.state() == State.FAILED;
    }

    @Override
    public void here(long bytes, long all) {
        news = new News(State.FETCHING, bytes, all, "");
    }

    @Override
    public void note(String words) {
        News now = news;
        news = new News(State.FETCHING, now.here(), now.all(), words);
    }

    void load() {
        News now = news;
        news = new News(State.LOADING, now.all(), now.all(), "");
    }

    void fail(String why) {
        News now = news;
        news = new News(State.FAILED, now.here(), now.all(), why);
    }
}
