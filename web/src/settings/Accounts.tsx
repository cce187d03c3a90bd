import { useCallback, useState } from 'react';
import { server } from '../api/client.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { Confirm } from './Confirm.tsx';
import { household, type Account } from './household.ts';
import { Part } from './Part.tsx';
import { useRead } from './useRead.ts';
import { day } from './when.ts';

/** The accounts elsewhere by which somebody signs in, where the server knows a provider of them. */
export function Accounts({ person }: { person: string }) {
    const words = useWords();
    const ways = useRead(server.ways);
    const accounts = useRead(useCallback(() => household.accounts(person), [person]));
    const [asked, setAsked] = useState<Account | null>(null);
    const { busy, problem, act } = useAct();
    const provider = ways.value?.openid ?? null;
    const all = accounts.value ?? [];
    if (provider === null && all.length === 0) {
        return null;
    }
    const wrong = problem ?? accounts.problem;
    return (
        <Part title={words.profile.accounts} note={words.profile.accountsWords}>
            {wrong !== null && <Notice problem={wrong} />}
            {all.length > 0 && (
                <ul className="rows">
                    {all.map((account) => (
                        <li key={account.id}>
                            <span>
                                {new URL(account.issuer).host}
                                <span className="note">{words.since(day(account.created, words))}</span>
                            </span>
                            <button
                                type="button"
                                aria-label={`${words.remove}: ${new URL(account.issuer).host}`}
                                onClick={() => setAsked(account)}
                            >
                                {words.remove}
                            </button>
                        </li>
                    ))}
                </ul>
            )}
            {provider !== null && (
                <button
                    type="button"
                    disabled={busy}
                    onClick={() =>
                        act(
                            () => household.link(person),
                            ({ location }) => window.location.assign(location),
                        )
                    }
                >
                    {words.profile.link(provider.host)}
                </button>
            )}
            {asked !== null && (
                <Confirm
                    title={words.profile.unlinkThis(new URL(asked.issuer).host)}
                    note={words.profile.unlinkWords}
                    action={words.remove}
                    deed={() => household.unlink(person, asked.id)}
                    onDone={() => {
                        setAsked((before) => (before === asked ? null : before));
                        accounts.reload();
                    }}
                    onClose={() => setAsked(null)}
                />
            )}
        </Part>
    );
}
