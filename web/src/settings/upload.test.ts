import { afterEach, describe, expect, it, vi } from 'vitest';
import { bring } from './upload.ts';

/** A request that ends as a test wants it. */
class FakeRequest {
    static end: (request: FakeRequest) => void = () => undefined;
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
    onload = () => undefined;
    onerror = () => undefined;
    onabort = () => undefined;
    status = 0;
    responseText = '';
    open = () => undefined;
    setRequestHeader = () => undefined;
    send = () => FakeRequest.end(this);
    abort = () => this.onabort();
}

function sent(end: (request: FakeRequest) => void, told: (part: number) => void = () => undefined, signal = new AbortController().signal) {
    FakeRequest.end = end;
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
    return bring(new Blob(['{}']), told, signal);
}

const answered = (status: number, responseText: string) => (request: FakeRequest) => {
    Object.assign(request, { status, responseText });
    request.onload();
};

afterEach(() => vi.unstubAllGlobals());

describe('a file that is sent', () => {
    it('tells how far it is, and what it brought', async () => {
        const parts: number[] = [];
        const brought = { conversations: 1, messages: 2, files: 0, skipped: 0 };
        const answer = answered(201, JSON.stringify(brought));
        const all = sent(
            (request) => {
                request.upload.onprogress?.({ loaded: 1, total: 4 });
                request.upload.onprogress?.({ loaded: 4, total: 4 });
                answer(request);
            },
            (part) => parts.push(part),
        );

        expect(await all).toEqual(brought);
        expect(parts).toEqual([0.25, 1]);
    });

    it.each([
        [400, 'refused'],
        [413, 'refused'],
        [429, 'busy'],
    ])('is refused in the words of the server (%i)', async (status, kind) => {
        const words = JSON.stringify({ error: { message: 'It is broken.' } });

        await expect(sent(answered(status, words))).rejects.toMatchObject({ kind, message: 'It is broken.' });
    });

    it('may meet something that is no server of ours, or nothing', async () => {
        await expect(sent(answered(200, '<html>'))).rejects.toMatchObject({ kind: 'malformed' });
        await expect(sent((request) => request.onerror())).rejects.toMatchObject({ kind: 'gone' });
    });

    it('is stopped', async () => {
        const stop = new AbortController();
        const all = sent(() => undefined, undefined, stop.signal);
        stop.abort();

        await expect(all).rejects.toMatchObject({ name: 'AbortError' });
    });
});
