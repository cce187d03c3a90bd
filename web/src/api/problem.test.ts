import { describe, expect, it } from 'vitest';
import { en } from '../words/en.ts';
import { asFailure, inWords, Problem, problemOf } from './problem.ts';

const told = (status: number, code = 'some') =>
    problemOf(new Response(JSON.stringify({ error: { message: 'Because.', code } }), { status }));

describe('what a server says that does not do something', () => {
    it('is that somebody was faster', async () => {
        expect(inWords(await told(412, 'changed_meanwhile'), en)).toBe(en.changedMeanwhile);
    });

    it('is in its own words where somebody guessed too often, and no haste', async () => {
        expect(inWords(await told(429, 'locked'), en)).toBe('Because.');
        expect(inWords(await told(429), en)).toBe(`${en.busyTitle} Because.`);
    });

    it('is in the words of an endpoint where that failed, and the server is not busy', async () => {
        expect(inWords(await told(503, 'endpoint'), en)).toBe('Because.');
        expect(inWords(await told(503), en)).toBe(`${en.busyTitle} Because.`);
    });

    it('is nothing if it is gone, and nothing tries again what somebody did', () => {
        const failure = asFailure(new Problem('gone', 'net'));
        expect(failure.kind).toBe('unreached');
        expect(inWords(failure, en)).not.toContain('trying again');
        expect(asFailure(new Problem('refused', 'No.')).kind).toBe('refused');
    });
});
