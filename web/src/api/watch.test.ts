import { describe, expect, it } from 'vitest';
import type { Told } from '../run/events.ts';
import { add, EMPTY, lastWhole, type RunLog } from '../run/reducer.ts';
import { watch, type Outside } from './watch.ts';

function line(id: number, type: string, fields = ''): string {
    return `id: ${id}\ndata: {"run":"r","branch":-1,"sequence":${id},"at":${id},"type":"${type}"${fields}}\n\n`;
}

const STARTED = line(1, 'run_started', ',"mode":"instant","model":"m","seed":1,"budget":{}');
const WORDS = [2, 3, 4, 5].map((id) => line(id, 'answer_delta', `,"text":"${id} "`));
const FINISHED = line(6, 'run_finished', ',"text":"done","partial":false,"ledger":{"entries":[],"agents":[],"seconds":1}');

/** A server whose connections bring what they are told to, and then end or break. */
class Server {
    readonly asked: string[] = [];
    readonly pauses: number[] = [];
    readonly #answers: (string | number)[];

    constructor(...answers: (string | number)[]) {
        this.#answers = answers;
    }

    readonly outside: Outside = {
        fetch: async (address) => {
            this.asked.push(String(address));
            const answer = this.#answers.shift();
            if (answer === undefined) {
                throw new TypeError('nobody listens');
            }
            return typeof answer === 'number'
                ? new Response('{"error":{"message":"no"}}', { status: answer })
                : new Response(pieces(answer));
        },
        pause: async (millis) => {
            this.pauses.push(millis);
        },
        random: () => 1,
        silence: 60_000,
    };
}

/** A body that comes in pieces which end anywhere. */
function pieces(text: string): ReadableStream<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    return new ReadableStream({
        start(controller) {
            for (let at = 0; at < bytes.length; at += 7) {
                controller.enqueue(bytes.slice(at, at + 7));
            }
            controller.close();
        },
    });
}

async function watched(server: Server, signal = new AbortController().signal) {
    let log: RunLog = EMPTY;
    const connected: boolean[] = [];
    await watch(
        {
            address: (after) => `events after ${after}`,
            last: () => lastWhole(log),
            tell: (told: readonly Told[]) => {
                log = add(log, told);
            },
            connected: (is) => connected.push(is),
        },
        signal,
        server.outside,
    );
    return { log, connected };
}

describe('a watcher', () => {
    it('goes on after the last event when a connection breaks', async () => {
        const server = new Server(
            STARTED + WORDS[0] + WORDS[1] + 'id: 4\ndata: {"run', 503, WORDS[2] + ': at work\n\n', WORDS[3] + FINISHED,
        );
        const { log, connected } = await watched(server);

        expect(server.asked).toEqual([0, 3, 3, 4].map((id) => `events after ${id}`));
        expect(log.told.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
        expect(log.view).toMatchObject({ state: 'finished', text: 'done' });
        expect(connected).toEqual([true, false, false, true, false, true]);
    });

    it('waits longer each time that nothing comes, and not for ever', async () => {
        const server = new Server(...Array<number>(8).fill(503), STARTED + WORDS.join('') + FINISHED);
        await watched(server);

        expect(server.pauses).toEqual([1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]);
    });

    it.each([
        [401, 'signed-out'],
        [404, 'not-found'],
    ])('does not ask again what is not for it (%i)', async (status, kind) => {
        const server = new Server(status);

        await expect(watched(server)).rejects.toMatchObject({ kind, message: 'no' });
        expect(server.asked).toHaveLength(1);
    });

    it('asks again for what it could not read, and says so in the end', async () => {
        const once = new Server(STARTED + 'id: 2\ndata: nonsense\n\n', WORDS.join('') + FINISHED);
        expect((await watched(once)).log.view.state).toBe('finished');
        expect(once.asked).toEqual(['events after 0', 'events after 1']);

        const always = new Server(...Array<string>(5).fill(STARTED + 'id: x\ndata: {}\n\n'));
        await expect(watched(always)).rejects.toMatchObject({ kind: 'malformed' });
        expect(always.asked).toHaveLength(3);
    });

    it('stops when nobody looks any more', async () => {
        const gone = new AbortController();
        const server = new Server();
        server.outside.pause = async () => gone.abort();
        await watched(server, gone.signal);

        expect(server.asked).toHaveLength(1);
    });
});
