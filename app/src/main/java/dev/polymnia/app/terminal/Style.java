package dev.polymnia.app.terminal;

/// Colours of a terminal, or none (`NO_COLOR`).
public enum Style {
    PLAIN {
        @Override
        String paint(String code, String text) {
            return text;
        }
    },
    COLOUR {
        @Override
        String paint(String code, String text) {
            return "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    };

    /// Returns the style that a console takes.
    public static Style of(Console console) {
        return console.colours() ? COLOUR : PLAIN;
    }

    abstract String paint(String code, String text);

    /// Returns a text in this look.
    public String faint(String text) {
        return paint("2", text);
    }

    /// Returns a text in this look.
    public String strong(String text) {
        return paint("1", text);
    }

    /// Returns a text in this look.
    public String good(String text) {
        return paint("32", text);
    }

    /// Returns a text in this look.
    public String warning(String text) {
        return paint("33", text);
    }

    /// Returns a text in this look.
    public String bad(String text) {
        return paint("31", text);
    }
}
