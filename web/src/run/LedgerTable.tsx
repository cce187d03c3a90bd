import { useWords } from '../words/words.ts';
import type { Ledger } from './events.ts';

/** What each agent cost, as the run's account has it. */
export function LedgerTable({ ledger, seed }: { ledger: Ledger; seed: number | null }) {
    const words = useWords();
    const times = new Map(ledger.agents.map((report) => [report.agent, report.seconds]));
    const total = ledger.entries.reduce(
        (all, entry) => ({
            cached: all.cached + entry.cached,
            computed: all.computed + entry.computed,
            generated: all.generated + entry.generated,
        }),
        { cached: 0, computed: 0, generated: 0 },
    );
    const number = (n: number) => n.toLocaleString(words.locale);
    return (
        <details className="ledger">
            <summary>{words.ledger}</summary>
            <div className="table-scroll" role="region" aria-label={words.ledger} tabIndex={0}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.ledgerWho}</th>
                            <th scope="col">{words.ledgerCached}</th>
                            <th scope="col">{words.ledgerRead}</th>
                            <th scope="col">{words.ledgerWritten}</th>
                            <th scope="col">{words.ledgerTime}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {ledger.entries.map((entry) => {
                            const seconds = times.get(entry.agent);
                            return (
                                <tr key={entry.agent}>
                                    <th scope="row">
                                        {entry.agent < 0 ? words.ledgerTrunk : words.agent(entry.agent + 1)}
                                    </th>
                                    <td>{number(entry.cached)}</td>
                                    <td>{number(entry.computed)}</td>
                                    <td>{number(entry.generated)}</td>
                                    <td>{seconds === undefined ? '' : words.secondsOf(seconds)}</td>
                                </tr>
                            );
                        })}
                    </tbody>
                    <tfoot>
                        <tr>
                            <th scope="row">{words.ledgerTotal}</th>
                            <td>{number(total.cached)}</td>
                            <td>{number(total.computed)}</td>
                            <td>{number(total.generated)}</td>
                            <td>{words.secondsOf(ledger.seconds)}</td>
                        </tr>
                    </tfoot>
                </table>
            </div>
            {seed !== null && (
                <p className="note">
                    {words.seed} {seed}
                </p>
            )}
        </details>
    );
}
