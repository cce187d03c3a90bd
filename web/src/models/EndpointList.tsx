import { useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { Confirm } from '../settings/Confirm.tsx';
import { Part } from '../settings/Part.tsx';
import { useWords } from '../words/words.ts';
import { EndpointForm } from './EndpointForm.tsx';
import { endpoints, type Endpoint } from './endpoints.ts';
import { useEndpoints } from './useEndpoints.ts';

/** The models elsewhere that answer, or should, and a form that adds one. */
export function EndpointList({ onAnswering }: { onAnswering: () => void }) {
    const words = useWords();
    const say = words.endpoints;
    const { all, problem, connecting, look, connect } = useEndpoints(onAnswering);
    const [asked, setAsked] = useState<Endpoint | null>(null);
    return (
        <>
            <Part title={say.title} note={say.note}>
                {problem !== null && <Notice problem={problem} />}
                {all?.length === 0 && <p className="note">{say.none}</p>}
                <ul className="rows" aria-label={say.title}>
                    {all?.map((endpoint) => (
                        <li key={endpoint.id}>
                            <span role="status">
                                <span dir="auto">{endpoint.model}</span>
                                <span className="note">
                                    {[endpoint.url, endpoint.has_key ? say.withKey : '', say.states[endpoint.state]]
                                        .filter((each) => each !== '')
                                        .join(' · ')}
                                </span>
                                {endpoint.error !== '' && <span className="note">{endpoint.error}</span>}
                            </span>
                            {(endpoint.state === 'failed' || endpoint.id === connecting) && (
                                <button
                                    type="button"
                                    aria-disabled={connecting !== ''}
                                    aria-label={`${say.connect}: ${endpoint.model}`}
                                    onClick={() => connect(endpoint.id)}
                                >
                                    {say.connect}
                                </button>
                            )}
                            <button
                                type="button"
                                aria-label={`${words.remove}: ${endpoint.model}`}
                                onClick={() => setAsked(endpoint)}
                            >
                                {words.remove}
                            </button>
                        </li>
                    ))}
                </ul>
            </Part>
            <EndpointForm onAsked={look} />
            {asked !== null && (
                <Confirm
                    title={say.removeThis(asked.model)}
                    note={say.removeWords}
                    action={words.remove}
                    deed={() => endpoints.remove(asked.id)}
                    onDone={() => {
                        setAsked((before) => (before === asked ? null : before));
                        void look();
                    }}
                    onClose={() => setAsked(null)}
                />
            )}
        </>
    );
}
