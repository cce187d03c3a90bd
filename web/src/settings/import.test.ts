import { afterEach, expect, it, vi } from 'vitest';
import { importOf, send, stop } from './import.ts';

/** A request that ends when a test wants it. */
class FakeRequest {
    static last: FakeRequest;
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
    onload = () => undefined;
    onerror = () => undefined;
    onabort = () => undefined;
    status = 201;
    responseText = '{"conversations": 1, "messages": 2, "files": 0, "skipped": 0}';
    open = () => undefined;
    setRequestHeader = () => undefined;
    send = () => {
        FakeRequest.last = this;
    };
    abort = () => this.onabort();
}

function begun(person: string): { sent: Promise<void>; request: FakeRequest } {
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
    const sent = send(person, new File(['{}'], 'birds.json'));
    return { sent, request: FakeRequest.last };
}

afterEach(() => vi.unstubAllGlobals());

it('what a file brought is there when nobody looked, and for nobody else', async () => {
    const { sent, request } = begun('ada');
    request.upload.onprogress?.({ loaded: 1, total: 4 });
    expect(importOf('ada')).toMatchObject({ name: 'birds.json', part: 0.25, brought: null });
    request.onload();
    await sent;
    expect(importOf('ada')).toMatchObject({ name: 'birds.json', part: null, brought: { conversations: 1 } });
    expect(importOf('ben')).toMatchObject({ name: '', part: null, brought: null });
});

it('what broke off is told, and what somebody stopped is not', async () => {
    const broken = begun('ada');
    broken.request.onerror();
    await broken.sent;
    expect(importOf('ada').problem?.kind).toBe('gone');
    const stopped = begun('ada');
    stop();
    await stopped.sent;
    expect(importOf('ada')).toMatchObject({ part: null, brought: null, problem: null });
});

it('an older file says nothing of a newer one', async () => {
    const older = begun('ada');
    const newer = begun('ben');
    older.request.onerror();
    await older.sent;
    expect(importOf('ben')).toMatchObject({ part: 0, problem: null });
    newer.request.onload();
    await newer.sent;
    expect(importOf('ben').brought?.messages).toBe(2);
});
