package dev.polymnia.models;

import java.util.ArrayList;
import java.util.List;

/// Keeps what it is told, with all advances in a row added up.
final class RecordingProgress implements Progress {
    private final List<String> told = new ArrayList<>();
    private long bytes;

    @Override
    public void begin(String what, long totalBytes) {
        told.add("begin " + what + " " + totalBytes);
    }

    @Override
    public void advance(long more) {
        bytes += more;
    }

    @Override
    public void done() {
        told.add("done " + bytes);
    }

    List<String> told() {
        return told;
    }
}
