/// Finds the native libraries of llama.cpp, or fetches them. No native access happens here.
///
/// [LibraryFolder][dev.polymnia.llama.library.LibraryFolder] is the way in and
/// [NativeLibraries][dev.polymnia.llama.library.NativeLibraries] the way out. Between them: which
/// platform this is, what its drivers allow, which device follows from that, and which npm package
/// carries it. The packages and their digests stand in `packages.properties`, beside the classes; a
/// package that is not pinned there is never fetched.
///
/// Two settings change the outcome: `POLYMNIA_LLAMA_HOME` names a build of the user's own, which is
/// also the way out on a platform without a package; `POLYMNIA_DEVICE` overrules the choice of the
/// device.
@org.jspecify.annotations.NullMarked
package dev.polymnia.llama.library;
