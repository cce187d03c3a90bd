import { ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Markdown } from '../markdown/Markdown.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';
import { titleOf } from './Lanes.tsx';
import type { Lane } from './reducer.ts';

const Compared = lazy(() => import('./Compared.tsx'));

/** All that one agent thought and said; arrows lead to the others. */
export function LaneDialog({
    lanes,
    agent,
    onOpen,
    onClose,
}: {
    lanes: readonly Lane[];
    agent: number;
    onOpen: (agent: number) => void;
    onClose: () => void;
}) {
    const words = useWords();
    const [beside, setBeside] = useState<number | null>(null);
    const index = lanes.findIndex((each) => each.agent === agent);
    const lane = lanes[index];
    if (lane === undefined) {
        return null;
    }
    const live = lane.reason === null;
    const other = lanes.find((each) => each.agent === beside && each !== lane);
    const step = (by: number) => {
        const other = lanes[(index + by + lanes.length) % lanes.length];
        if (other !== undefined) {
            onOpen(other.agent);
        }
    };
    return (
        <Dialog
            title={titleOf(lane, words)}
            kind="wide"
            onClose={onClose}
            actions={
                <>
                    <button type="button" className="quiet icon" aria-label={words.previousAgent} onClick={() => step(-1)}>
                        <ChevronLeft aria-hidden="true" />
                    </button>
                    <button type="button" className="quiet icon" aria-label={words.nextAgent} onClick={() => step(1)}>
                        <ChevronRight aria-hidden="true" />
                    </button>
                </>
            }
        >
            <dl className="facts">
                <Fact name={words.answer} value={lane.answer ?? words.noAnswer} />
                <Fact
                    name={live ? '' : words.why}
                    value={live ? words.states[lane.state] : (words.reasons[lane.reason ?? ''] ?? lane.reason ?? '')}
                />
                {lane.confidence !== null && <Fact name="" value={words.confidence(lane.confidence)} />}
                {lane.tokens !== null && <Fact name="" value={words.tokensOf(lane.tokens)} />}
                {lane.ended !== null && <Fact name="" value={words.secondsOf(lane.ended - lane.begun)} />}
            </dl>
            {lanes.length > 1 && (
                <label className="beside">
                    {words.compareWith}
                    <select
                        value={other?.agent ?? ''}
                        onChange={(event) => setBeside(event.target.value === '' ? null : Number(event.target.value))}
                    >
                        <option value="">{words.nobody}</option>
                        {lanes
                            .filter((each) => each !== lane)
                            .map((each) => (
                                <option key={each.agent} value={each.agent}>
                                    {titleOf(each, words)}
                                    {each.answer === null ? '' : ` · ${each.answer}`}
                                </option>
                            ))}
                    </select>
                </label>
            )}
            {other === undefined ? (
                <Said lane={lane} live={live} />
            ) : (
                <Suspense fallback={<p className="note">…</p>}>
                    <Compared left={lane} right={other} />
                </Suspense>
            )}
        </Dialog>
    );
}

function Said({ lane, live }: { lane: Lane; live: boolean }) {
    const words = useWords();
    return (
        <>
            {lane.note !== '' && <p className="note">{lane.note}</p>}
            {lane.reasoning !== '' && (
                <>
                    <h3>{words.reasoning}</h3>
                    <div className="thoughts">
                        <Markdown text={lane.reasoning} live={live} />
                    </div>
                </>
            )}
            {lane.tools.map((tool, place) => (
                <details key={place} className="tool">
                    <summary>{words.tool(tool.name)}</summary>
                    <h3>{words.toolInput}</h3>
                    <pre tabIndex={0}>{tool.input}</pre>
                    <h3>{words.toolOutput}</h3>
                    <pre tabIndex={0}>{tool.output ?? '…'}</pre>
                </details>
            ))}
            {lane.text === '' ? (
                <p className="note">{words.saidNothing}</p>
            ) : (
                <Markdown text={lane.text} live={live} />
            )}
        </>
    );
}

function Fact({ name, value }: { name: string; value: string }) {
    return (
        <div>
            {name !== '' && <dt>{name}</dt>}
            <dd dir="auto">{value}</dd>
        </div>
    );
}
