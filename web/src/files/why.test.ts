import { expect, it } from 'vitest';
import { Problem } from '../api/problem.ts';
import { de } from '../words/de.ts';
import { en } from '../words/en.ts';
import { USUAL_LONGEST } from './kinds.ts';
import { whyNotSent, whyRefused } from './why.ts';

it('limits that the page knows are said in its language', () => {
    expect(whyRefused({ name: 'log.txt', why: 'long' }, en)).toBe(
        'log.txt was not attached: a text has 256 KB at the most.',
    );
    expect(whyRefused({ name: 'a', why: 'many' }, de)).toContain('höchstens 10 Dateien');
    for (const why of ['kind', 'empty', 'unread'] as const) {
        expect(whyRefused({ name: 'heron', why }, en)).toMatch(/^heron was not attached: ./);
    }
});

it('other limits are said in the words of the server, if it has some', () => {
    expect(whyNotSent(new Problem('too-long', 'One may have 5 bytes.'), 9, en)).toBe('One may have 5 bytes.');
    expect(whyNotSent(new Problem('too-long', 'HTTP 413'), 9, en)).toBe(en.tooLong);
});

it('a server that stops listening to a long file may have had enough', () => {
    const gone = new Problem('gone', 'Failed to fetch');

    expect(whyNotSent(gone, USUAL_LONGEST + 1, en)).toContain('16 MB');
    expect(whyNotSent(gone, USUAL_LONGEST, en)).toBe(en.unreached);
});
