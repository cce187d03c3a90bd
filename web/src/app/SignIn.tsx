import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { server, type FirstOwner } from '../api/client.ts';
import { asFailure, inWords, type Problem } from '../api/problem.ts';
import type { Ways } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { forgetInvitation, invitation } from './place.ts';

type Way = 'sign-in' | 'join' | 'begin';

/** Lets people in: with their password or an account elsewhere, by an invitation, or as the first owner. */
export function SignIn({ onIn }: { onIn: () => void }) {
    const words = useWords();
    const [invited, setInvited] = useState(invitation);
    const [way, setWay] = useState<Way>(invited === null ? 'sign-in' : 'join');
    const [name, setName] = useState('');
    const [password, setPassword] = useState('');
    const [key, setKey] = useState('');
    const [first, setFirst] = useState<FirstOwner | null>(null);
    const [problem, setProblem] = useState<Problem | null>(null);
    const [busy, setBusy] = useState(false);
    const [provider, setProvider] = useState<Ways['openid']>(null);
    useEffect(() => {
        // If it does not say, there is the password.
        server.ways().then(({ openid }) => setProvider(openid), () => setProvider(null));
    }, []);

    async function enter() {
        if (way === 'sign-in') {
            await server.signIn(name, password);
        } else if (way === 'join') {
            await server.join(invited ?? '', name.trim(), password);
            forgetInvitation();
            setInvited(null);
        } else {
            // If the password is refused the owner is there, and only it is sent anew.
            const owner = first ?? (await server.begin(key.trim(), name));
            setFirst(owner);
            await server.settle(owner, password);
        }
        onIn();
    }

    async function joinElsewhere() {
        const { location } = await server.joinElsewhere(invited ?? '', name.trim());
        window.location.assign(location);
    }

    function act(deed: () => Promise<void>) {
        setBusy(true);
        setProblem(null);
        deed()
            .catch((error: unknown) => setProblem(asFailure(error)))
            .finally(() => setBusy(false));
    }

    function submit(event: FormEvent) {
        event.preventDefault();
        act(enter);
    }

    const texts: Record<Way, { title: string; note: string; action: string }> = {
        'sign-in': { title: words.signIn, note: '', action: words.signIn },
        join: { title: words.join, note: words.joinWords, action: words.joinNow },
        begin: { title: words.setUp, note: words.setUpWords, action: words.begin },
    };
    const { title, note, action } = texts[way];
    const fresh = way !== 'sign-in';
    return (
        <main className="sign-in">
            <form onSubmit={submit}>
                <img src="/icon.svg" alt="" width="48" height="48" />
                <h1>{title}</h1>
                {note !== '' && <p>{note}</p>}
                {problem !== null && (
                    <p className="notice" role="alert">
                        {/* Whom it does not know, it tells why. */}
                        {problem.kind === 'signed-out' ? problem.message : inWords(problem, words)}
                    </p>
                )}
                {way === 'begin' && (
                    <Field label={words.operatorKey}>
                        <input
                            type="password"
                            autoComplete="off"
                            required={first === null}
                            disabled={first !== null}
                            value={key}
                            onChange={(event) => setKey(event.target.value)}
                        />
                    </Field>
                )}
                <Field label={words.yourName}>
                    <input
                        autoComplete="username"
                        autoFocus
                        required={way !== 'join'}
                        disabled={first !== null}
                        maxLength={60}
                        value={name}
                        onChange={(event) => setName(event.target.value)}
                    />
                </Field>
                <Field label={words.password} note={fresh ? words.passwordWords : ''}>
                    <input
                        type="password"
                        autoComplete={fresh ? 'new-password' : 'current-password'}
                        required
                        minLength={fresh ? 12 : 1}
                        maxLength={128}
                        value={password}
                        onChange={(event) => setPassword(event.target.value)}
                    />
                </Field>
                <button type="submit" className="main" disabled={busy}>
                    {action}
                </button>
                {provider !== null && way === 'sign-in' && (
                    // Where the server leads on to the provider.
                    <a className="button" href="/api/openid">
                        {words.elsewhere(provider.host)}
                    </a>
                )}
                {provider !== null && way === 'join' && (
                    <button type="button" disabled={busy} onClick={() => act(joinElsewhere)}>
                        {words.elsewhere(provider.host)}
                    </button>
                )}
                {way === 'sign-in' ? (
                    <>
                        {(provider === null || provider.admits === 'invited') && (
                            <p className="note">{words.firstTime}</p>
                        )}
                        <button type="button" className="quiet" onClick={() => setWay('begin')}>
                            {words.setUp}
                        </button>
                    </>
                ) : (
                    <button type="button" className="quiet" onClick={() => setWay('sign-in')}>
                        {words.backToSignIn}
                    </button>
                )}
            </form>
        </main>
    );
}

function Field({ label, note = '', children }: { label: string; note?: string; children: ReactNode }) {
    return (
        <label className="field">
            {label}
            {children}
            {note !== '' && <span className="note">{note}</span>}
        </label>
    );
}
