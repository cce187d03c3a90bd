/// Signing in over OpenID Connect, as the client of one [Provider]: discovery, the authorization
/// code with PKCE, and ID tokens that are believed only when all of them is right. Who that is
/// here, and what follows from it, is not known in this package.
///
/// The library that checks tokens lies on the class path at run time; nothing of it is read before
/// somebody comes back from the provider.
@NullMarked
package dev.polymnia.server.openid;

import org.jspecify.annotations.NullMarked;
