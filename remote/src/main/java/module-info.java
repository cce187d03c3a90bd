import org.jspecify.annotations.NullMarked;

/// Any endpoint that speaks Chat Completions as a branching model; the only module that opens
/// connections to one.
///
/// Its libraries are `static`: at run time they lie on the class path, in a folder of their own,
/// and not on the module path. They have no module descriptors, and the Java runtime would read all
/// of their eighty megabytes to make some up, each time the program starts, whether an endpoint is
/// asked or not.
@NullMarked
module dev.polymnia.remote {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;
    requires static com.fasterxml.jackson.core;
    requires static com.fasterxml.jackson.databind;
    requires static kotlin.stdlib;
    requires static okhttp3;
    requires static okio;
    requires static openai.java.client.okhttp;
    requires static openai.java.core;

    exports dev.polymnia.remote;
}
