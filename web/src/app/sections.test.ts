import { describe, expect, it } from 'vitest';
import type { Conversation } from '../api/types.ts';
import { en } from '../words/en.ts';
import { foldersOf, sections } from './sections.ts';

function conversation(id: string, day: Date, pinned = false, folder = ''): Conversation {
    const changed = day.getTime() / 1000;
    return { id, title: id, folder, tags: [], pinned, archived: false, created: changed, changed };
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

describe('folders', () => {
    const day = new Date(2026, 0, 15);
    const all = [
        conversation('heron', day, false, 'birds'),
        conversation('loose', day),
        conversation('oak', day, false, 'Älter'),
        conversation('egret', day, true, 'birds'),
        conversation('ten', day, false, 'part 10'),
        conversation('two', day, false, 'part 2'),
    ];

    it('are listed once, in the order of a language', () => {
        expect(foldersOf(all, en)).toEqual(['Älter', 'birds', 'part 2', 'part 10']);
        expect(foldersOf([conversation('loose', day)], en)).toEqual([]);
    });

    it('have what is in them, which is not listed by its day, unless it is pinned', () => {
        const listed = sections(all, new Date(2026, 2, 30), en);

        expect(listed.map(({ title }) => title)).toEqual(['Pinned', 'January 2026']);
        expect(listed.flatMap(({ conversations }) => conversations.map(({ id }) => id))).toEqual(['egret', 'loose']);
    });
});
