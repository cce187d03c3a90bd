import type { Person } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { Erase } from './Erase.tsx';
import { household } from './household.ts';
import { ImportFile } from './ImportFile.tsx';
import { Part } from './Part.tsx';

/** What is kept of somebody: to take it along, to bring more, to have it erased. */
export function Data({ person, onOut }: { person: Person | null; onOut: () => void }) {
    const words = useWords();
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
            <ImportFile person={person?.id ?? ''} />
            {person !== null && <Erase person={person} onOut={onOut} />}
        </>
    );
}
