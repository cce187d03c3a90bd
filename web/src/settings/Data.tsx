import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { forgetDrafts } from '../app/kept.ts';
import { useWords } from '../words/words.ts';
import { Confirm } from './Confirm.tsx';
import { household } from './household.ts';
import { ImportFile } from './ImportFile.tsx';
import { Part } from './Part.tsx';
import { closeSettings } from './section.ts';

/** What is kept of somebody: to take it along, to bring more, to have it erased. */
export function Data({ person, onMe }: { person: Person | null; onMe: () => void }) {
    const words = useWords();
    const [asked, setAsked] = useState(false);
    return (
        <>
            {person === null ? (
                <Part title={words.own.export} note={words.own.exportAlone} />
            ) : (
                <Part title={words.own.export} note={words.own.exportWords}>
                    <a className="button" href={household.exported(person.id)} download>
                        {words.own.exportNow}
                    </a>
                </Part>
            )}
            <ImportFile />
            {person !== null && (
                <Part title={words.own.erase} note={words.own.eraseWords}>
                    <button type="button" className="danger" onClick={() => setAsked(true)}>
                        {words.own.erase}
                    </button>
                </Part>
            )}
            {person !== null && asked && (
                <Confirm
                    title={words.own.eraseThis}
                    note={words.own.eraseWords}
                    action={words.own.eraseNow}
                    typed={person.name}
                    deed={() => household.erase(person.id)}
                    onDone={() => {
                        forgetDrafts();
                        closeSettings();
                        onMe();
                    }}
                    onClose={() => setAsked(false)}
                />
            )}
        </>
    );
}
