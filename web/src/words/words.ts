import { createContext, useContext } from 'react';
import { de } from './de.ts';
import { en, type Words } from './en.ts';

export type { Words };

export const CATALOGUES = { en, de };

export type Language = keyof typeof CATALOGUES;

/** Returns the first language of a browser that there are words for. */
export function usual(languages: readonly string[]): Language {
    for (const each of languages) {
        const language = each.toLowerCase().split('-')[0] ?? '';
        if (language in CATALOGUES) {
            return language as Language;
        }
    }
    return 'en';
}

export const WordsContext = createContext<Words>(en);

export function useWords(): Words {
    return useContext(WordsContext);
}
