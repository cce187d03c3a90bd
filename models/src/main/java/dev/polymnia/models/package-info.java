/// Which models there are, where their files come from, and how their prompts are written.
///
/// The [Catalogue][dev.polymnia.models.Catalogue] knows models by name: size, digest, licence,
/// [sources][dev.polymnia.models.Source] and profile, all in the resource `catalogue.toml`. The
/// [ModelStore][dev.polymnia.models.ModelStore] keeps their files in the user's
/// [CacheFolder][dev.polymnia.models.CacheFolder] and fetches them from the model hub over HTTPS,
/// or through the user's own pip ([PackageIndex][dev.polymnia.models.PackageIndex]); native
/// libraries come through the user's own npm ([NpmPackages][dev.polymnia.models.NpmPackages]).
///
/// **A fetch never starts twice.** One `Fetch` at a time holds the `FetchLock` of a file. It asks a
/// `Carrier` for each source to make a `Partial` grow; a `Journal` beside that says how much of it
/// is on the disk, so the next fetch goes on from there, whatever ended the last one. The file gets
/// its name in one step when its digest is right: whatever has its name is whole.
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
