/// A server on one port. [PolymniaServer] listens; [Routes] says what is where and who may ask for
/// it, [Gate] who is let in; [Watch] is around all of it. Runs are started by [RunStarter] only,
/// past [Admission] and [Settlement]. [ChatCompletions], [Responses] and [Messages] are an API
/// each: one class reads what a client wants into an [Inquiry] ([ChatRequest], …), [Exchange] has
/// it answered, and a [Reply] writes what it gets. [Runs] records all that and starts what goes on
/// without its client. A request is handled on a virtual thread of its own.
@NullMarked
package dev.polymnia.server;

import org.jspecify.annotations.NullMarked;
