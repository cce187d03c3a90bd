package dev.polymnia.clients;

/// What clients make schemas of.
final class Forms {
    private Forms() {}

    enum Colour {
        RED,
        GREEN
    }

    /// An answer.
    record Painted(Colour colour) {}

    enum City {
        ROME,
        OSLO
    }

    /// The arguments of a tool.
    record Weather(City city) {}
}
