package dev.polymnia.eval.task;

import dev.polymnia.core.Fault;

/// How a data file is written.
enum Format {
    /// One JSON object per line.
    JSONL("jsonl"),
    /// One JSON document with a list of objects.
    JSON("json"),
    /// Rows of cells (RFC 4180).
    CSV("csv");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /// Returns the format of a definition.
    ///
    /// @throws Fault with `INVALID` if it names none
    static Format of(Fields fields) {
        String asked = fields.text("format");
        for (Format format : values()) {
            if (format.word.equals(asked)) {
                return format;
            }
        }
        throw fields.fault("the format '" + asked + "' is not known; choose jsonl, json or csv.");
    }
}
