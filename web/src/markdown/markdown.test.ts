import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { random } from '../run/random.ts';
import { grown, NO_BLOCKS, type Blocks } from './blocks.ts';
import { withMaths } from './maths.ts';

const PIECES = [
    'A paragraph of\ntwo lines.\n\n', '# A heading\n\n', '- one\n- two\n\n', '- a\n*b* lazy\n\n',
    '1. first\n\n   more of it\n2. second\n\n', '```java\nint a = 1;\n\n# no heading\n```\n\n',
    '| a | b |\n| --- | --- |\n| 1 | 2 |\n\n', '> said\nlazily\n\n', 'Title\n=====\n\n', '---\n\n',
    '<div>\n\n', '    code\n\n    more\n\n', '$$\nx\n\n$$\n\n', '* a\n\n* b\n\n', '~~~\nnever closed\n',
];

function streamed(text: string, draw: () => number): { blocks: Blocks; drawn: string[][] } {
    let blocks = NO_BLOCKS;
    const drawn: string[][] = [];
    for (let at = 0; at < text.length; ) {
        at = Math.min(text.length, at + 1 + Math.floor(draw() * 9));
        blocks = grown(blocks, text.slice(0, at));
        drawn.push([...blocks.settled]);
    }
    return { blocks, drawn };
}

describe('Markdown that comes bit by bit', () => {
    it.each(Array.from({ length: 200 }, (_, seed) => seed))('is what it is at once (seed %i)', (seed) => {
        const draw = random(seed);
        const text = Array.from({ length: 6 }, () => PIECES[Math.floor(draw() * PIECES.length)]).join('');
        const { blocks, drawn } = streamed(text, draw);
        const atOnce = grown(NO_BLOCKS, text);

        expect(blocks.settled.join('') + blocks.last).toBe(text);
        expect([...blocks.settled, blocks.last]).toEqual([...atOnce.settled, atOnce.last]);
        // What is settled stays as it is.
        drawn.forEach((settled) => expect(atOnce.settled.slice(0, settled.length)).toEqual(settled));
    });

    it('is read anew when it is another text', () => {
        const first = grown(NO_BLOCKS, 'a\n\nb\n\nc');

        expect(grown(first, 'x\n\ny')).toEqual(grown(NO_BLOCKS, 'x\n\ny'));
        expect(grown(first, first.text)).toBe(first);
    });

    it('takes no longer the longer it is', () => {
        const page = readFileSync('src/test/resources/dev/polymnia/web/markdown.md', 'utf8');
        const { blocks } = streamed(page.repeat(30), random(1));

        expect(blocks.settled.length).toBeGreaterThan(200);
        expect(blocks.last.length).toBeLessThan(page.length);
    });
});

describe('maths', () => {
    it.each([
        ['it costs $5 and $10 more', 'it costs $5 and $10 more'],
        ['between $5-$10', 'between $5-$10'],
        ['so $x + 1$ is', 'so $$x + 1$$ is'],
        ['\\(a\\) and $$b$$', '$$a$$ and $$b$$'],
        ['`$a$` and $a$', '`$a$` and $$a$$'],
        ['```sh\necho $HOME$PATH\n```\n$a$', '```sh\necho $HOME$PATH\n```\n$$a$$'],
        ['\\$a$ and $b', '\\$a$ and $b'],
        ['\\[ x \\]', '\n$$\nx\n$$\n'],
    ])('is told from money and code: %s', (source, expected) => {
        expect(withMaths(source)).toBe(expected);
    });
});
