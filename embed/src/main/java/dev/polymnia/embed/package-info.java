/// Vectors of texts. [OnnxEmbedder][dev.polymnia.embed.OnnxEmbedder] is the port's implementation:
/// all-MiniLM-L6-v2 in ONNX Runtime, on the processor. docs/design/server.md says what it can.
@org.jspecify.annotations.NullMarked
package dev.polymnia.embed;
