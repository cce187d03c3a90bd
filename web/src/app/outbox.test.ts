import { expect, it } from 'vitest';
import { Problem } from '../api/problem.ts';
import { Outbox, type Sent } from './outbox.ts';

/** Something that is under way until it is let go. */
function slow() {
    let calls = 0;
    let resolve = () => {};
    const over = new Promise<void>((done) => {
        resolve = done;
    });
    return { doing: () => (calls++, over), calls: () => calls, resolve };
}

it('what is being sent is not sent twice, and other drafts are', async () => {
    const outbox = new Outbox();
    const one = slow();
    const other = slow();
    const sending = outbox.send('one', one.doing);
    await outbox.send('one', one.doing);
    void outbox.send('other', other.doing);

    expect([one.calls(), other.calls()]).toEqual([1, 1]);
    one.resolve();
    await sending;
    expect([outbox.has('one'), outbox.has('other')]).toEqual([false, true]);
});

it('whoever shows a draft is told what became of it, whoever sent it', async () => {
    const outbox = new Outbox();
    const told: [string, Sent, boolean][] = [];
    const leave = outbox.listen((draft, sent) => told.push([draft, sent, outbox.has(draft)]));
    await outbox.send('one', async () => undefined);
    await outbox.send('two', () => Promise.reject(new Problem('busy', 'Later.')));
    leave();
    await outbox.send('three', async () => undefined);

    expect(told).toEqual([
        ['one', 'going', true],
        ['one', 'taken', false],
        ['two', 'going', true],
        ['two', new Problem('busy', 'Later.'), false],
    ]);
});

it('what was not taken can be sent again', async () => {
    const outbox = new Outbox();
    await outbox.send('one', () => Promise.reject(new Error('broken')));
    const again = slow();
    void outbox.send('one', again.doing);

    expect(again.calls()).toBe(1);
});
