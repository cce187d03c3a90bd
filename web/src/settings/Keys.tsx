import { useCallback, useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useWords, type Words } from '../words/words.ts';
import { Confirm } from './Confirm.tsx';
import { Folded } from './Folded.tsx';
import { household, type Key, type Made } from './household.ts';
import { KeyForm } from './KeyForm.tsx';
import { Part } from './Part.tsx';
import { Quotas } from './Quotas.tsx';
import { Secret } from './Secret.tsx';
import { useRead } from './useRead.ts';
import { day, moment } from './when.ts';

/** The keys of a person, by which programs ask for them. */
export function Keys({ person, canMake }: { person: string; canMake: boolean }) {
    const words = useWords();
    const keys = useRead(useCallback(() => household.keys(person), [person]));
    const [made, setMade] = useState<Made | null>(null);
    const [asked, setAsked] = useState<Key | null>(null);
    return (
        <>
            <Part title={words.access.title} note={canMake ? words.access.note : words.access.guests}>
                {keys.problem !== null && <Notice problem={keys.problem} onRetry={keys.reload} />}
                {keys.value?.length === 0 && <p className="note">{words.access.none}</p>}
                <ul className="rows">
                    {keys.value?.map((key) => (
                        <li key={key.id}>
                            <span>
                                <span dir="auto">{key.name}</span>
                                <span className="note">{scope(key, words).join(' · ')}</span>
                                <span className="note">{history(key, words).join(' · ')}</span>
                            </span>
                            <button
                                type="button"
                                aria-label={`${words.remove}: ${key.name}`}
                                onClick={() => setAsked(key)}
                            >
                                {words.remove}
                            </button>
                            <Folded title={`${words.quota.title}: ${key.name}`}>
                                {() => <Quotas holder={{ person, key: key.id }} canChange />}
                            </Folded>
                        </li>
                    ))}
                </ul>
                {made !== null && <Secret label={words.access.secret} text={made.secret} />}
            </Part>
            {canMake && (
                <KeyForm
                    person={person}
                    onMade={(key) => {
                        setMade(key);
                        keys.reload();
                    }}
                />
            )}
            {asked !== null && (
                <Confirm
                    title={words.access.removeThis(asked.name)}
                    note={words.access.removeWords}
                    action={words.remove}
                    deed={() => household.removeKey(person, asked.id)}
                    onDone={() => {
                        setAsked((before) => (before === asked ? null : before));
                        setMade((before) => (before?.id === asked.id ? null : before));
                        keys.reload();
                    }}
                    onClose={() => setAsked(null)}
                />
            )}
        </>
    );
}

/** Returns what a key may be used for, in words. */
function scope({ models, modes, tools, manages }: Key, words: Words): string[] {
    return [
        modes.length === 0 ? words.access.allModes : modes.map((mode) => words[mode]).join(', '),
        models.length === 0 ? words.access.allModels : models.join(', '),
        ...(tools ? [] : [words.access.noTools]),
        ...(manages ? [words.access.managing] : []),
    ];
}

function history({ prefix, created, expires, used }: Key, words: Words): string[] {
    return [
        `${prefix}…`,
        words.since(day(created, words)),
        used === null ? words.access.unused : words.usedLast(moment(used, words)),
        ...(expires === null
            ? []
            : [(expires * 1000 > Date.now() ? words.until : words.access.ended)(day(expires, words))]),
    ];
}
