import { useEffect, useState } from 'react';
import { kept } from '../app/kept.ts';
import { en, type Words } from './en.ts';

/** Words that only tests want: they have the browser keep that wish, which the page never does. */
export function usePseudo(): Words | null {
    const [words, setWords] = useState<Words | null>(null);
    useEffect(() => {
        if (kept('words') === 'pseudo') {
            import('./pseudo.ts').then(
                ({ pseudo }) => setWords(pseudo(en)),
                () => {
                    // English is right as well.
                },
            );
        }
    }, []);
    return words;
}
