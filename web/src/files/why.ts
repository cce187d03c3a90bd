import { asFailure, inWords, type Problem } from '../api/problem.ts';
import type { Words } from '../words/words.ts';
import type { Refusal } from './attachments.ts';
import { LONGEST_TEXT, MOST_FILES, USUAL_LONGEST } from './kinds.ts';

/** Returns why a file is not taken. */
export function whyRefused({ name, why }: Refusal, words: Words): string {
    switch (why) {
        case 'kind':
            return words.fileKindRefused(name);
        case 'long':
            return words.fileTextLong(name, words.bytesOf(LONGEST_TEXT));
        case 'empty':
            return words.fileEmpty(name);
        case 'many':
            return words.fileMany(name, MOST_FILES);
        case 'unread':
            return words.fileUnread(name);
    }
}

/**
 * Returns why a file was not sent. The server knows its limits and says them; but one that stops listening in the midst
 * of a long file is, for a browser, one that is gone.
 */
export function whyNotSent(problem: Problem, size: number, words: Words): string {
    if (problem.kind === 'too-long' && !problem.message.startsWith('HTTP ')) {
        return problem.message;
    }
    if (problem.kind === 'gone' && size > USUAL_LONGEST) {
        return words.filePerhapsLong(words.bytesOf(USUAL_LONGEST));
    }
    return inWords(asFailure(problem), words);
}
