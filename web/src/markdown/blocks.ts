import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';

/** Markdown that comes bit by bit, cut into its blocks: paragraphs, lists, tables. */
export interface Blocks {
    /** Those that nothing that comes can change. They are drawn once. */
    settled: readonly string[];
    /** The one that is being written. */
    last: string;
    /** The whole text. */
    text: string;
}

export const NO_BLOCKS: Blocks = { settled: [], last: '', text: '' };

const OPTIONS = {
    extensions: [gfm(), math({ singleDollarTextMath: false })],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
};

/**
 * Returns the blocks of a text that goes on from that of others, of which only the last is read again.
 * Markdown is settled line by line: a block is over when another has begun on a whole line.
 */
export function grown(before: Blocks, text: string): Blocks {
    if (text === before.text) {
        return before;
    }
    if (!text.startsWith(before.text)) {
        return grown(NO_BLOCKS, text);
    }
    const rest = before.last + text.slice(before.text.length);
    const whole = rest.slice(0, rest.lastIndexOf('\n') + 1);
    const starts = whole.trim() === '' ? [] : startsOf(whole);
    if (starts.length < 2) {
        return { settled: before.settled, last: rest, text };
    }
    const settled = starts.slice(0, -1).map((start, index) => rest.slice(start, starts[index + 1]));
    // What stands before the first block is white space.
    settled[0] = rest.slice(0, starts[0]) + settled[0];
    return {
        settled: [...before.settled, ...settled],
        last: rest.slice(starts.at(-1)),
        text,
    };
}

function startsOf(text: string): number[] {
    return fromMarkdown(text, OPTIONS).children.map((block) => {
        const offset = block.position?.start.offset ?? 0;
        // White space that a block begins with, as code does, is part of it.
        return text.lastIndexOf('\n', offset - 1) + 1;
    });
}
