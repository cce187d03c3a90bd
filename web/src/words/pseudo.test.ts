import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { pseudo, strange } from './pseudo.ts';

/** Properties that name a side of the paper instead of one of the text. */
const PHYSICAL =
    /[{;\s](?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?|border-(?:top|bottom)-(?:left|right)-radius|left|right|float)\s*:|text-align\s*:\s*(?:left|right)\b/;

describe('the words for tests', () => {
    const words = pseudo(en);

    it('are all there, longer, marked and from right to left', () => {
        expect(words.dir).toBe('rtl');
        expect(words.send).toBe('\u202e[Send Se]\u202c');
        expect(words.branchOf(2, 3)).toBe(strange('Version 2 of 3'));
        expect(words.keys.stop).toBe(strange(en.keys.stop));
        expect(words.stopRules['lossless']).toBe(strange(en.stopRules['lossless'] ?? ''));
        expect(Object.keys(words)).toEqual(Object.keys(en));
        expect(words.settings.length).toBeGreaterThan(1.4 * en.settings.length);
    });
});

describe('the style', () => {
    it.each(
        readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css')),
    )('names no left and no right (%s)', (file) => {
        const lines = readFileSync(`src/${file}`, 'utf8').split('\n');

        expect(lines.filter((line) => PHYSICAL.test(line))).toEqual([]);
    });

    it('would be found out', () => {
        for (const wrong of ['a { left: 0; }', 'a { color: red; margin-left: 1px }', 'a { text-align: right; }', ' right: 0;']) {
            expect(wrong).toMatch(PHYSICAL);
        }
        expect('.lucide-chevron-left { margin-inline-start: 0; text-align: start }').not.toMatch(PHYSICAL);
    });
});
