/// What a server keeps. [Store] is opened once; [RunStore] finds runs and their events, a [RunLog]
/// takes what happens in one run while it lasts. All that is written goes through one thread,
/// `LogWriter`, which commits what has come from all runs together (`Batch`); `Database` knows how
/// SQLite and PostgreSQL are opened.
@NullMarked
package dev.polymnia.server.store;

import org.jspecify.annotations.NullMarked;
