import org.jspecify.annotations.NullMarked;

/// The sandbox: runs programs that a model wrote, without network and without the user's files.
@NullMarked
module dev.polymnia.sandbox {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;

    exports dev.polymnia.sandbox;
}
