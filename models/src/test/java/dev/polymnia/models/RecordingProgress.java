package dev.polymnia.models;

import java.util.ArrayList;
import java.util.List;

/// Keeps what it is told, with all advances in a row added up.
final class RecordingProgress implements Progress {
    private final List<String> told = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long bytes;

    @Override
    public void begin(String what, long totalBytes, long hereBytes) {
        told.add("begin " + what + " " + totalBytes + (hereBytes == 0 ? "" : " at " + hereBytes));
        bytes = hereBytes;
    }

    @Override
    public void advance(long more) {
        bytes += more;
    }

    @Override
    public void note(String words) {
        notes.add(words);
    }

    @Override
    public void done() {
        told.add("done " + bytes);
    }

    List<String> told() {
        return told;
    }

    List<String> notes() {
        return notes;
    }
}
