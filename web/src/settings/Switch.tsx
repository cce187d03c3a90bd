import { useEffect, useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useAct } from './useAct.ts';

/** Switches something on or off on the server; is where somebody put it while that is done. */
export function Switch({
    label,
    on,
    turn,
    onTurned,
}: {
    label: string;
    on: boolean;
    turn: (on: boolean) => Promise<unknown>;
    onTurned: () => void;
}) {
    const [wanted, setWanted] = useState<boolean | null>(null);
    const { problem, act } = useAct();
    useEffect(() => setWanted(null), [on, problem]);
    return (
        <>
            {problem !== null && <Notice problem={problem} />}
            <label className="check">
                <input
                    type="checkbox"
                    checked={wanted ?? on}
                    onChange={(event) => {
                        const next = event.target.checked;
                        act(() => turn(next), onTurned);
                        setWanted(next);
                    }}
                />
                {label}
            </label>
        </>
    );
}
