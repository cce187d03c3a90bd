import { useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';

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
    /** Reads how it stands. */
    onTurned: () => Promise<void>;
}) {
    const [wanted, setWanted] = useState(on);
    const { busy, problem, act } = useAct();
    return (
        <>
            {problem !== null && <Notice problem={problem} />}
            <label className="check">
                <input
                    type="checkbox"
                    disabled={busy}
                    checked={busy ? wanted : on}
                    onChange={(event) => {
                        const next = event.target.checked;
                        setWanted(next);
                        act(() => turn(next).then(onTurned));
                    }}
                />
                {label}
            </label>
        </>
    );
}
