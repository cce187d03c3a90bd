/// A server on one port. [PolymniaServer] listens; [Routes] says what is where and who may ask for
/// it, [Gate] who is let in; [Watch] is around all of it. Runs are started by [RunStarter] only,
/// past [Admission] and [Settlement]. [ChatCompletions] answers: [ChatRequest] reads what a client
/// wants, and [ChatAnswer] and [ChatStream] write what it gets. A request is handled on a virtual
/// thread of its own.
@NullMarked
package dev.polymnia.server;

import org.jspecify.annotations.NullMarked;
