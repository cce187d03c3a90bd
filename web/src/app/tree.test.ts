import { describe, expect, it } from 'vitest';
import type { Message } from '../api/types.ts';
import { pathThrough } from './tree.ts';

function message(id: string, parent: string | null): Message {
    return { id, parent, author: 'user', text: id, run: null, state: 'whole', memories: [], files: [],
    feedback: null, created: 0 };
}

const TREE = [
    message('q1', null),
    message('a1', 'q1'),
    message('q2', 'a1'),
    message('a2', 'q2'),
    message('a1b', 'q1'),
    message('q1b', null),
];

describe('the way through a conversation', () => {
    it('takes the newest at each fork', () => {
        expect(pathThrough(TREE, {}).map(({ message: { id } }) => id)).toEqual(['q1b']);
    });

    it('takes what was chosen, and says what could stand there', () => {
        const path = pathThrough(TREE, { '': 'q1', q1: 'a1' });

        expect(path.map(({ message: { id } }) => id)).toEqual(['q1', 'a1', 'q2', 'a2']);
        expect(path.map(({ versions }) => versions.length)).toEqual([2, 2, 1, 1]);
        expect(pathThrough(TREE, { '': 'q1', q1: 'gone' }).at(-1)?.message.id).toBe('a1b');
    });

    it('ends, whatever is sent', () => {
        expect(pathThrough([], {})).toEqual([]);
        expect(pathThrough([message('x', null), message('', '')], { '': '' }).length).toBeLessThan(5);
    });
});
