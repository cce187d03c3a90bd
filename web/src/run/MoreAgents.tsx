import { useState } from 'react';
import { server } from '../api/client.ts';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords } from '../words/words.ts';
import { MOST_AGENTS, planned } from './groups.ts';
import type { RunView } from './reducer.ts';

/** Has one more wave of agents join a team at work, until its vote is over. */
export function MoreAgents({ run, view }: { run: string; view: RunView }) {
    const words = useWords();
    const { busy, problem, act } = useAct();
    // How many there were when more were asked for; as long as there are, they have not joined yet.
    const [before, setBefore] = useState<number | null>(null);
    const there = view.lanes.length;
    const awaited = busy || before === there;
    const off = awaited || there === 0 || there >= MOST_AGENTS;
    return view.stop !== null ? null : (
        <div className="more">
            <button
                type="button"
                title={words.thinkMoreTitle}
                aria-disabled={off}
                onClick={() => !off && act(() => server.more(run), () => setBefore(there))}
            >
                {words.thinkMore}
            </button>
            <span className="note" role="status">
                {awaited && words.thinkMoreAsked}
            </span>
            {problem !== null && <Notice problem={problem} />}
        </div>
    );
}

/** Has a question answered once more, by a team of twice as many. */
export function AgainWithMore({
    view,
    onAgain,
}: {
    view: RunView;
    /** Tells by itself why it is not done. */
    onAgain: (agents: number) => Promise<unknown>;
}) {
    const words = useWords();
    const { busy, act } = useAct();
    const before = planned(view);
    const agents = Math.min(MOST_AGENTS, 2 * before);
    return agents <= before ? null : (
        <div className="more">
            <button type="button" aria-disabled={busy} onClick={() => act(() => onAgain(agents))}>
                {words.thinkMore}
            </button>
            <span className="note">{words.againWith(agents)}</span>
        </div>
    );
}
