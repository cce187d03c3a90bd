import type { Person, Session } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { Accounts } from './Accounts.tsx';
import { Memory } from './Memory.tsx';
import { NameForm } from './NameForm.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { Part } from './Part.tsx';
import { Sessions } from './Sessions.tsx';

/** Who somebody is here, how they sign in, and what is remembered of them. */
export function Profile({
    person,
    session,
    onMe,
}: {
    person: Person;
    session: Session | null;
    onMe: () => void;
}) {
    const words = useWords();
    return (
        <>
            {person.role === 'owner' ? (
                <NameForm key={person.name} person={person} onDone={onMe} />
            ) : (
                <Part title={words.profile.name} note={words.profile.nameWords}>
                    <p dir="auto">
                        {person.name} · {words.roles[person.role]}
                    </p>
                </Part>
            )}
            <PasswordForm person={person} onDone={onMe} />
            <Accounts person={person.id} />
            <Part title={words.profile.sessions}>
                {/* Another password begins another session. */}
                <Sessions key={session?.id ?? ''} person={person.id} current={session?.id ?? ''} onOut={onMe} />
            </Part>
            <Memory person={person.id} />
        </>
    );
}
