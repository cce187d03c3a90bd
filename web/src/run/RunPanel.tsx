import type { ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import { grouped, type Group } from './groups.ts';
import { LaneRow, LiveLane } from './Lanes.tsx';
import { LedgerTable } from './LedgerTable.tsx';
import { isOver, type Lane, type RunView } from './reducer.ts';
import { Tally } from './Tally.tsx';

/** A run of a team: who is at work, who came to what, how the votes stand, why it stopped. */
export function RunPanel({
    view,
    more = null,
    onOpen,
}: {
    view: RunView;
    /** What has more agents think. */
    more?: ReactNode;
    onOpen: (agent: number) => void;
}) {
    const words = useWords();
    const { groups, silent, open, folded } = grouped(view);
    const over = isOver(view);
    const winner = over ? view.answer : (groups[0]?.answer ?? null);
    const rows = (lanes: Lane[]) =>
        lanes.map((lane) => <LaneRow key={lane.agent} lane={lane} onOpen={onOpen} />);
    return (
        <section className="run" aria-label={words.runView}>
            <Tally view={view} groups={groups} winner={winner} />
            {groups.map((group) => (
                <AnswerGroup key={group.answer} group={group} leads={group.answer === winner}>
                    {rows(group.lanes)}
                </AnswerGroup>
            ))}
            {silent.length > 0 && (
                <div className="group">
                    <h3>
                        <span>{words.silent(silent.length)}</span>
                    </h3>
                    {rows(silent)}
                </div>
            )}
            {open.length > 0 && (
                <div className="lanes">
                    {open.map((lane) => (
                        <LiveLane key={lane.agent} lane={lane} at={view.at} onOpen={onOpen} />
                    ))}
                </div>
            )}
            {folded.length > 0 && (
                <details className="folded">
                    <summary>{words.unfinished(folded.length)}</summary>
                    {rows(folded)}
                </details>
            )}
            {view.state === 'finished' && <Why view={view} />}
            {more}
            {view.ledger !== null && <LedgerTable ledger={view.ledger} seed={view.seed} />}
        </section>
    );
}

function AnswerGroup({
    group,
    leads,
    children,
}: {
    group: Group;
    leads: boolean;
    children: ReactNode;
}) {
    const words = useWords();
    return (
        <div className={leads ? 'group leads' : 'group'}>
            <h3>
                <span className="group-answer" dir="auto">
                    {group.answer}
                </span>
                <span className="number">{words.votesOf(group.votes)}</span>
            </h3>
            {children}
        </div>
    );
}

function Why({ view }: { view: RunView }) {
    const words = useWords();
    const rule = view.stop === null ? words.allEnded : (words.stopRules[view.stop.rule] ?? view.stop.words);
    return (
        <p className="why" title={view.stop?.words}>
            {rule}
            {view.stop?.guarantee === true && <span className="note"> · {words.guarantee}</span>}
        </p>
    );
}
