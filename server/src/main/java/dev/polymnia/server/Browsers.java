package dev.polymnia.server;

import dev.polymnia.server.openid.Provider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How browsers reach the server, and people sign in with them.
///
/// @param cookies hold their secrets
/// @param provider by which people sign in; null for none
/// @param origin returns how addresses begin that browsers see, once the server listens
record Browsers(Cookies cookies, @Nullable Provider provider, Supplier<String> origin) {}
