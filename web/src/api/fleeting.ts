import { createParser } from 'eventsource-parser';
import { asEvent, type RunEvent } from '../run/events.ts';
import { asBody, type Wishes } from './client.ts';
import { Problem, problemOf } from './problem.ts';

/** A part of what is said: words, or a picture with all that is in it. */
export type Part = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } };

export interface Turn {
    role: 'user' | 'assistant';
    content: string | readonly Part[];
}

/** Returns what is asked so that the server keeps neither it nor its answer. */
export function fleeting(turns: readonly Turn[], wishes: Wishes): object {
    const { model, polymnia } = asBody(wishes);
    return { model, polymnia: { ...polymnia, events: true }, messages: turns, stream: true, store: false };
}

/**
 * Has something answered that the server keeps nothing of, and tells the events of the run as they come. Nobody else can
 * watch it, so a connection that breaks ends it.
 *
 * @throws Problem if there is no answer; what else is thrown, such as by `fetch`, says that not all of it came
 */
export async function askFleeting(
    turns: readonly Turn[],
    wishes: Wishes,
    tell: (event: RunEvent) => void,
    signal: AbortSignal,
    fetcher: typeof fetch = (input, init) => fetch(input, init),
): Promise<void> {
    const response = await fetcher('/v1/chat/completions', {
        method: 'POST',
        headers: { Accept: 'text/event-stream', 'Content-Type': 'application/json' },
        credentials: 'same-origin',
        body: JSON.stringify(fleeting(turns, wishes)),
        signal,
    });
    if (!response.ok || response.body === null) {
        throw await problemOf(response);
    }
    await read(response.body, tell);
}

async function read(body: ReadableStream<Uint8Array>, tell: (event: RunEvent) => void): Promise<void> {
    let done = false;
    const parser = createParser({
        onEvent({ data }) {
            if (data === '[DONE]') {
                done = true;
            } else {
                take(data, tell);
            }
        },
    });
    const reader = body.getReader();
    const decoder = new TextDecoder();
    try {
        for (;;) {
            const part = await reader.read();
            parser.feed(decoder.decode(part.value, { stream: !part.done }));
            if (done) {
                return;
            }
            if (part.done) {
                throw new Problem('gone', 'The answer broke off.');
            }
        }
    } finally {
        // Nobody hears the rest, so nothing is to go on for it.
        reader.cancel().catch(() => undefined);
    }
}

function take(data: string, tell: (event: RunEvent) => void): void {
    let chunk: { error?: { message?: unknown }; polymnia?: unknown };
    try {
        chunk = JSON.parse(data) as typeof chunk;
    } catch {
        throw new Problem('malformed', 'An answer was told in words that are no JSON.');
    }
    if (chunk.error !== undefined) {
        throw new Problem('refused', String(chunk.error.message));
    }
    const event = asEvent(chunk.polymnia);
    if (event !== null) {
        tell(event);
    }
}
