import { expect, it } from 'vitest';
import type { Conversation } from '../api/types.ts';
import { en } from '../words/en.ts';
import { sections } from './sections.ts';

function conversation(id: string, day: Date, pinned = false): Conversation {
    const changed = day.getTime() / 1000;
    return { id, title: id, folder: '', tags: [], pinned, archived: false, created: changed, changed };
}

it('conversations are listed by the days of a calendar, those that are pinned first', () => {
    const now = new Date(2026, 2, 30, 0, 10);
    const all = [
        conversation('now', now),
        conversation('last night', new Date(2026, 2, 29, 23, 55)),
        conversation('old and pinned', new Date(2020, 1, 1), true),
        conversation('friday', new Date(2026, 2, 27)),
        conversation('the first', new Date(2026, 2, 1)),
        conversation('january', new Date(2026, 0, 15)),
    ];

    expect(sections(all, now, en).map(({ title, conversations }) => [title, conversations.map(({ id }) => id)])).toEqual([
        ['Pinned', ['old and pinned']],
        ['Today', ['now']],
        ['Yesterday', ['last night']],
        ['Last seven days', ['friday']],
        ['Last thirty days', ['the first']],
        ['January 2026', ['january']],
    ]);
});
