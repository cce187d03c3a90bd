package dev.polymnia.models.template;

import dev.polymnia.core.Fault;

/// The text of a template with its line breaks as Jinja normalises them: `\n` only, and without the
/// last one.
///
/// @param text the normalised text
record Source(String text) {
    static Source of(String original) {
        String text = original.replace("\r\n", "\n").replace('\r', '\n');
        return new Source(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    Fault fault(Problem problem, int offset) {
        return problem.at(place(offset));
    }

    private String place(int offset) {
        int line = 1;
        int start = 0;
        for (int next = text.indexOf('\n');
                next >= 0 && next < offset;
                next = text.indexOf('\n', start)) {
            line++;
            start = next + 1;
        }
        return "line " + line + ", column " + (offset - start + 1);
    }
}
