import { useState } from 'react';
import type { Person } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { Folded } from './Folded.tsx';
import { Groups } from './Groups.tsx';
import { household } from './household.ts';
import { Invitations } from './Invitations.tsx';
import { Member } from './Member.tsx';
import { Part } from './Part.tsx';
import { useRead } from './useRead.ts';
import { day } from './when.ts';

const NOBODY: readonly Person[] = [];

/** Who shares the server, for owners. */
export function Members({ self, onMe }: { self: string; onMe: () => void }) {
    const words = useWords();
    const people = useRead(household.people);
    const invitations = useRead(household.invitations);
    const groups = useRead(household.groups);
    const [withdrawn, setWithdrawn] = useState<readonly string[]>([]);
    const known = people.value ?? NOBODY;
    return (
        <>
            <Part title={words.members.people}>
                {people.problem !== null && <Notice problem={people.problem} onRetry={people.reload} />}
                <ul className="rows">
                    {people.value?.map((person) => (
                        <li key={person.id}>
                            <Folded
                                title={
                                    <>
                                        <span dir="auto">{person.name}</span>
                                        <span className="note">
                                            {[
                                                words.roles[person.role],
                                                ...(person.id === self ? [words.you] : []),
                                                words.since(day(person.created, words)),
                                            ].join(' · ')}
                                        </span>
                                    </>
                                }
                            >
                                {() => (
                                    <Member
                                        person={person}
                                        isSelf={person.id === self}
                                        withdrawn={withdrawn}
                                        onChanged={() => {
                                            people.reload();
                                            if (person.id === self) {
                                                onMe();
                                            }
                                        }}
                                        onInvited={invitations.reload}
                                        onErased={() => {
                                            people.reload();
                                            invitations.reload();
                                            groups.reload();
                                        }}
                                    />
                                )}
                            </Folded>
                        </li>
                    ))}
                </ul>
            </Part>
            <Invitations
                people={known}
                open={invitations}
                withdrawn={withdrawn}
                onWithdrawn={(id) => setWithdrawn((before) => [...before, id])}
            />
            <Groups people={known} groups={groups} />
        </>
    );
}
