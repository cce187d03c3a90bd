import { useEffect } from 'react';
import { useKept } from '../app/kept.ts';
import { CATALOGUES, usual, type Language } from '../words/words.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export const SIZES = ['small', 'normal', 'large'] as const;
export const MOTIONS = ['system', 'reduced'] as const;

/** How the page looks, in this browser. */
export interface Look {
    theme: (typeof THEMES)[number];
    language: Language;
    /** Of the text, and of all that is measured by it. */
    size: (typeof SIZES)[number];
    motion: (typeof MOTIONS)[number];
}

/** Returns a look that there is, whatever a browser has kept: it may be of another version. */
export function sound(look: { [K in keyof Look]?: unknown }, languages: readonly string[]): Look {
    return {
        theme: one(THEMES, look.theme) ?? 'system',
        language: one(Object.keys(CATALOGUES) as Language[], look.language) ?? usual(languages),
        size: one(SIZES, look.size) ?? 'normal',
        motion: one(MOTIONS, look.motion) ?? 'system',
    };
}

function one<T>(all: readonly T[], value: unknown): T | undefined {
    return all.find((each) => each === value);
}

/** The look that this browser keeps, shown. */
export function useLook(): [Look, (change: Partial<Look>) => void] {
    const [kept, onLook] = useKept<Partial<Look>>('look', {});
    const look = sound(kept, navigator.languages);
    const { theme, size, motion } = look;
    useEffect(() => {
        Object.assign(document.documentElement.dataset, { theme, size, motion });
    }, [theme, size, motion]);
    return [look, onLook];
}
