import org.jspecify.annotations.NullMarked;

/// A model that follows a script, a clock that is moved by hand, and the suites that every
/// implementation of a port must pass.
@NullMarked
module dev.polymnia.testkit {
    requires static transitive org.jspecify;
    requires transitive java.net.http;
    requires transitive java.sql;
    requires transitive dev.polymnia.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;

    exports dev.polymnia.testkit;
}
