import { describe, expect, it } from 'vitest';
import { add, EMPTY } from '../run/reducer.ts';
import type { RunEvent } from '../run/events.ts';
import type { Wishes } from './client.ts';
import { askFleeting, fleeting } from './fleeting.ts';
import { Problem } from './problem.ts';

const WISHES: Wishes = { model: '', mode: 'contemplating', agents: 4, tokens: 100, seconds: null };

const at = { run: 'chatcmpl-1', sequence: 0, at: 0 };
const STARTED = { ...at, branch: -1, type: 'run_started', mode: 'instant', model: 'm', seed: 1, budget: {} };
const WORDS = { ...at, branch: -1, type: 'answer_delta', text: 'Grüße' };
const LEDGER = { entries: [], agents: [], seconds: 1 };
const FINISHED = { ...at, branch: -1, type: 'run_finished', text: 'Grüße.', partial: false, ledger: LEDGER };

const line = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const chunk = (polymnia: object) => line({ object: 'chat.completion.chunk', choices: [], polymnia });

/** Answers with bytes, a few at a time, so that letters and lines are cut. */
function answering(text: string, status = 200): typeof fetch {
    const bytes = new TextEncoder().encode(text);
    let next = 0;
    return async () =>
        new Response(
            new ReadableStream({
                pull(controller) {
                    if (next >= bytes.length) {
                        controller.close();
                    } else {
                        controller.enqueue(bytes.slice(next, (next += 7)));
                    }
                },
            }),
            { status },
        );
}

async function told(fetcher: typeof fetch): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    await askFleeting([{ role: 'user', content: 'Hi' }], WISHES, (event) => events.push(event), new AbortController().signal, fetcher);
    return events;
}

describe('an answer that nothing is kept of', () => {
    it('is asked for as one', () => {
        expect(fleeting([{ role: 'user', content: 'Hi' }], WISHES)).toEqual({
            model: 'contemplating',
            polymnia: { mode: 'contemplating', agents: 4, budget: { tokens: 100 }, events: true },
            messages: [{ role: 'user', content: 'Hi' }],
            stream: true,
            store: false,
        });
    });

    it('comes event by event, as any run', async () => {
        const first = line({ choices: [{ delta: { role: 'assistant', content: '' } }] });
        const events = await told(
            answering(first + ': beat\n\n' + [STARTED, WORDS, FINISHED].map(chunk).join('') + line('[DONE]')),
        );

        const { view } = add(
            EMPTY,
            events.map((event, index) => ({ id: index + 1, event })),
        );
        expect(events.map(({ type }) => type)).toEqual(['run_started', 'answer_delta', 'run_finished']);
        expect(view).toMatchObject({ state: 'finished', mode: 'instant', text: 'Grüße.' });
    });

    it('that breaks off is not taken for whole', async () => {
        await expect(told(answering(chunk(STARTED) + chunk(WORDS)))).rejects.toMatchObject({ kind: 'gone' });
    });

    it('that cannot be read is asked for no more', async () => {
        let left = false;
        const bytes = new TextEncoder().encode(chunk(STARTED) + line('<nonsense>'));
        const body = new ReadableStream({
            start: (controller) => controller.enqueue(bytes),
            cancel: () => {
                left = true;
            },
        });
        await expect(told(async () => new Response(body))).rejects.toMatchObject({ kind: 'malformed' });
        expect(left).toBe(true);
    });

    it('says why there is none', async () => {
        const failed = line({ error: { message: 'The model broke.' } }) + line('[DONE]');
        await expect(told(answering(chunk(STARTED) + failed))).rejects.toEqual(new Problem('refused', 'The model broke.'));
        await expect(told(answering('{"error": {"message": "Spent."}}', 429))).rejects.toMatchObject({
            kind: 'busy',
            message: 'Spent.',
        });
        await expect(told(answering(line('<nonsense>')))).rejects.toMatchObject({ kind: 'malformed' });
    });
});
