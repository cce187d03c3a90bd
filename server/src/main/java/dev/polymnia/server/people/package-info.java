/// Who shares a server, as values and rules: a [Person] has a [Role] and [Keys][Key], each with a
/// [Scope]; [Quotas][Quota] say what may be spent in a [Window]. Nothing here is stored or sent.
@NullMarked
package dev.polymnia.server.people;

import org.jspecify.annotations.NullMarked;
