import { useState } from 'react';
import { server } from '../api/client.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { MOST_AGENTS, planned } from './groups.ts';
import type { RunView } from './reducer.ts';

/** Has one more wave of agents join a team at work. */
export function MoreAgents({ run, view }: { run: string; view: RunView }) {
    const words = useWords();
    const { busy, problem, act } = useAct();
    // How many there were when more were asked for; as long as there are, they have not joined yet.
    const [before, setBefore] = useState<number | null>(null);
    const there = view.lanes.length;
    const awaited = busy || before === there;
    const most = Math.max(there, planned(view)) >= MOST_AGENTS;
    return (
        <div className="more">
            <button
                type="button"
                title={words.thinkMoreTitle}
                disabled={awaited || there === 0 || most}
                onClick={() => act(() => server.more(run), () => setBefore(there))}
            >
                {words.thinkMore}
            </button>
            {problem !== null && <Notice problem={problem} />}
        </div>
    );
}

/** Has a question answered once more, by a team of twice as many. */
export function AgainWithMore({ view, onAgain }: { view: RunView; onAgain: (agents: number) => void }) {
    const words = useWords();
    const before = planned(view);
    const agents = Math.min(MOST_AGENTS, 2 * before);
    return agents <= before ? null : (
        <div className="more">
            <button type="button" onClick={() => onAgain(agents)}>
                {words.thinkMore}
            </button>
            <span className="note">{words.againWith(agents)}</span>
        </div>
    );
}
