import { createParser } from 'eventsource-parser';
import { readEvent, type Told } from '../run/events.ts';
import { asProblem, Problem, problemOf } from './problem.ts';

/** What there is from outside, so that tests need neither network nor clock. */
export interface Outside {
    fetch: typeof fetch;
    /** Waits, or less if there is reason to try at once. */
    pause: (millis: number, signal: AbortSignal) => Promise<void>;
    random: () => number;
    /** How long nothing may come. The server says every two seconds that it is at work. */
    silence: number;
}

export interface Watcher {
    /** Where the events are, after one of them. */
    address: (after: number) => string;
    /** The last event that is known with all before it. */
    last: () => number;
    tell: (told: readonly Told[]) => void;
    /** The connection is there, or broken and tried again. */
    connected: (is: boolean) => void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const MOST_MALFORMED = 3;

const OVER = new Set(['run_finished', 'run_failed']);

/**
 * Watches a run until it is over. What breaks is tried again from the last event that is known, after
 * pauses that grow.
 *
 * @throws Problem if it is for somebody else, is not there, or says what cannot be read
 */
export async function watch(watcher: Watcher, signal: AbortSignal, outside = BROWSER): Promise<void> {
    let tries = 0;
    let malformed = 0;
    while (!signal.aborted) {
        const before = watcher.last();
        try {
            if (await follow(watcher, signal, outside)) {
                return;
            }
        } catch (error) {
            const problem = asProblem(error);
            malformed += problem.kind === 'malformed' ? 1 : 0;
            if (!isPassing(problem) || malformed >= MOST_MALFORMED) {
                throw problem;
            }
        }
        if (signal.aborted) {
            return;
        }
        tries = watcher.last() > before ? 0 : tries + 1;
        watcher.connected(false);
        const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** tries);
        await outside.pause(longest * (0.5 + outside.random() / 2), signal);
    }
}

function isPassing(problem: Problem): boolean {
    return problem.kind === 'gone' || problem.kind === 'busy' || problem.kind === 'malformed';
}

/** Returns whether the run is over. */
async function follow(watcher: Watcher, signal: AbortSignal, outside: Outside): Promise<boolean> {
    const ended = new AbortController();
    const all = AbortSignal.any([signal, ended.signal]);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => ended.abort(), outside.silence);
    };
    heard();
    try {
        const response = await outside.fetch(watcher.address(watcher.last()), {
            headers: { Accept: 'text/event-stream' },
            credentials: 'same-origin',
            signal: all,
        });
        if (!response.ok || response.body === null) {
            throw await problemOf(response);
        }
        watcher.connected(true);
        return await read(response.body, watcher, heard);
    } finally {
        clearTimeout(silence);
        ended.abort();
    }
}

async function read(
    body: ReadableStream<Uint8Array>,
    watcher: Watcher,
    heard: () => void,
): Promise<boolean> {
    let told: Told[] = [];
    let wrong = false;
    const parser = createParser({
        onEvent({ id, data }) {
            const event = readEvent(data);
            const number = Number(id);
            if (event === null || !Number.isSafeInteger(number) || number < 1) {
                wrong = true;
            } else if (!wrong) {
                told.push({ id: number, event });
            }
        },
        onError() {
            wrong = true;
        },
    });
    const reader = body.getReader();
    const decoder = new TextDecoder();
    while (true) {
        const { done, value } = await reader.read();
        heard();
        parser.feed(decoder.decode(value, { stream: !done }));
        if (told.length > 0) {
            watcher.tell(told);
            if (OVER.has(told.at(-1)?.event.type ?? '')) {
                return true;
            }
            told = [];
        }
        if (wrong) {
            throw new Problem('malformed', 'A run was told in words that are no events.');
        }
        if (done) {
            return false;
        }
    }
}

/** Wakes when the network is there again, or somebody asks for it. */
function pause(millis: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const done = () => {
            clearTimeout(timer);
            window.removeEventListener('online', done);
            window.removeEventListener('polymnia:try', done);
            signal.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, millis);
        window.addEventListener('online', done);
        window.addEventListener('polymnia:try', done);
        signal.addEventListener('abort', done);
    });
}

const BROWSER: Outside = {
    fetch: (input, init) => fetch(input, init),
    pause,
    random: Math.random,
    silence: 20_000,
};
