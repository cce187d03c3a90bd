import { useRef, useState } from 'react';
import { server } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import type { Person } from '../api/types.ts';
import { forgetDrafts } from '../app/kept.ts';
import { useWords } from '../words/words.ts';
import { Confirm } from './Confirm.tsx';
import { household } from './household.ts';
import { Part } from './Part.tsx';
import { closeSettings } from './section.ts';
import { useRead } from './useRead.ts';

/** Has all of somebody erased, by themselves. */
export function Erase({ person, onOut }: { person: Person; onOut: () => void }) {
    const words = useWords();
    const ways = useRead(server.ways);
    const [asked, setAsked] = useState(false);
    const tried = useRef(false);
    const invited = ways.value !== null && (ways.value.openid === null || ways.value.openid.admits === 'invited');
    const note = invited ? `${words.own.eraseWords} ${words.own.noWayBack}` : words.own.eraseWords;

    async function erase() {
        const again = tried.current;
        tried.current = true;
        try {
            await household.erase(person.id);
        } catch (error) {
            // If only the answer was lost, nobody is there any more who could ask.
            if (!again || asProblem(error).kind !== 'signed-out') {
                throw error;
            }
        }
    }

    return (
        <Part title={words.own.erase} note={note}>
            <button type="button" className="danger" onClick={() => setAsked(true)}>
                {words.own.erase}
            </button>
            {asked && (
                <Confirm
                    title={words.own.eraseThis}
                    note={note}
                    action={words.own.eraseNow}
                    typed={person.name}
                    deed={erase}
                    onDone={() => {
                        forgetDrafts();
                        closeSettings();
                        onOut();
                    }}
                    onClose={() => setAsked(false)}
                />
            )}
        </Part>
    );
}
