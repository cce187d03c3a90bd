import { useEffect, useMemo, useState } from 'react';
import { server, type Wishes } from '../api/client.ts';
import type { Run } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import './expected.css';
import { expected } from './expected.ts';

/** How many of the last runs are looked at, of all modes. */
const LOOKED_AT = 60;

/** What an answer as it is wished for will take, by what earlier ones took; nothing as long as nobody knows. */
export function Expected({ wishes, working }: { wishes: Wishes; working: boolean }) {
    const words = useWords();
    const [runs, setRuns] = useState<readonly Run[]>([]);
    useEffect(() => {
        if (working) {
            return;
        }
        let wanted = true;
        server.runs(LOOKED_AT).then(
            ({ data }) => {
                if (wanted) {
                    setRuns(data);
                }
            },
            () => {
                // What was known before is as good.
            },
        );
        return () => {
            wanted = false;
        };
    }, [working]);
    const found = useMemo(() => expected(runs, wishes), [runs, wishes]);
    if (found === null) {
        return null;
    }
    return (
        <span className="note expected" title={words.expectedFrom(found.runs)}>
            {words.expected(words.secondsOf(found.seconds), words.tokensOf(Math.round(found.tokens)))}
        </span>
    );
}
