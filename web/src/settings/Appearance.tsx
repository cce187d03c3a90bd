import { CATALOGUES, useWords, type Language } from '../words/words.ts';
import { Choice } from './Choice.tsx';
import { MOTIONS, SIZES, THEMES, type Look } from './look.ts';

const LANGUAGES = (Object.keys(CATALOGUES) as Language[]).map((each) => [each, CATALOGUES[each].name] as const);

/** How the page looks; kept in this browser. */
export function Appearance({ look, onLook }: { look: Look; onLook: (change: Partial<Look>) => void }) {
    const words = useWords();
    return (
        <>
            <Choice
                label={words.appearance}
                value={look.theme}
                options={THEMES.map((theme) => [theme, words[theme]])}
                onChoose={(theme) => onLook({ theme })}
            />
            <Choice
                label={words.looks.size}
                value={look.size}
                options={SIZES.map((size) => [size, words.looks.sizes[size]])}
                onChoose={(size) => onLook({ size })}
            />
            <Choice
                label={words.looks.motion}
                value={look.motion}
                options={MOTIONS.map((motion) => [motion, words.looks.motions[motion]])}
                onChoose={(motion) => onLook({ motion })}
            />
            <Choice
                label={words.language}
                value={look.language}
                options={LANGUAGES}
                lang
                onChoose={(language) => onLook({ language })}
            />
        </>
    );
}
