import { useCallback } from 'react';
import { Notice } from '../app/Notice.tsx';
import { forgetDrafts } from '../app/kept.ts';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { browser } from './browser.ts';
import { household } from './household.ts';
import { useRead } from './useRead.ts';
import { moment } from './when.ts';

/** Where a person is signed in. */
export function Sessions({
    person,
    current,
    onOut,
}: {
    person: string;
    /** The one that asks; empty if it is none of these. */
    current: string;
    /** It may be the caller who is signed out. */
    onOut: () => void;
}) {
    const words = useWords();
    const sessions = useRead(useCallback(() => household.sessions(person), [person]));
    const { busy, problem, act } = useAct();
    const wrong = problem ?? sessions.problem;
    const ended = () => {
        sessions.reload();
        onOut();
    };
    const endedAll = () => {
        if (current !== '') {
            forgetDrafts();
        }
        ended();
    };
    return (
        <>
            {wrong !== null && <Notice problem={wrong} />}
            {sessions.value?.length === 0 && <p className="note">{words.profile.noSessions}</p>}
            <ul className="rows">
                {sessions.value?.map((session) => (
                    <li key={session.id}>
                        <span title={session.client}>
                            {browser(session.client) || words.profile.someBrowser}
                            <span className="note">
                                {session.id === current
                                    ? words.profile.here
                                    : words.usedLast(moment(session.used, words))}
                            </span>
                        </span>
                        {session.id !== current && (
                            <button
                                type="button"
                                disabled={busy}
                                aria-label={`${words.signOut}: ${browser(session.client) || words.profile.someBrowser}`}
                                onClick={() => act(() => household.endSession(person, session.id), ended)}
                            >
                                {words.signOut}
                            </button>
                        )}
                    </li>
                ))}
            </ul>
            {(sessions.value?.length ?? 0) > 0 && (
                <button type="button" disabled={busy} onClick={() => act(() => household.endSessions(person), endedAll)}>
                    {words.profile.signOutAll}
                </button>
            )}
        </>
    );
}
