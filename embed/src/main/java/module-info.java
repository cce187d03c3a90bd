import org.jspecify.annotations.NullMarked;

/// Vectors of texts, from a small model that comes with the program.
///
/// ONNX Runtime is `static`, as the libraries of the module for endpoints are: at run time it lies
/// on the class path with the model, where nothing of them is read before a text is embedded.
@NullMarked
module dev.polymnia.embed {
    requires static transitive org.jspecify;
    requires transitive dev.polymnia.core;
    requires static com.microsoft.onnxruntime;
    requires tools.jackson.databind;

    exports dev.polymnia.embed;
}
