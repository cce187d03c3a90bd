import { useCallback } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useAct } from '../app/useAct.ts';
import { useWords, type Words } from '../words/words.ts';
import { household, type Holder } from './household.ts';
import { amount, without, withQuota, type Quota, type Standing } from './quota.ts';
import { QuotaForm } from './QuotaForm.tsx';
import { useRead } from './useRead.ts';
import { moment } from './when.ts';

/** What somebody may spend, how that stands, and for who may say so: what it is to be. */
export function Quotas({
    holder,
    none,
    canChange,
}: {
    holder: Holder;
    /** What is said where there is none. */
    none?: string;
    canChange: boolean;
}) {
    const words = useWords();
    // An object of its own in each drawing, which means the same.
    const named = JSON.stringify(holder);
    const quotas = useRead(useCallback(() => household.quotas(JSON.parse(named) as Holder), [named]));
    const { busy, problem, act } = useAct();
    const wrong = problem ?? quotas.problem;
    const all = quotas.value?.value.data;
    const limit = (wanted: Quota[], done: () => void) =>
        act(
            // Somebody else may have changed them: then the list is read anew.
            () => household.limit(holder, wanted, quotas.value?.tag ?? '').finally(quotas.reload),
            done,
        );
    return (
        <div className="quotas">
            {wrong !== null && <Notice problem={wrong} />}
            {all?.length === 0 && <p className="note">{none ?? words.quota.none}</p>}
            <ul className="rows">
                {all?.map((quota) => (
                    <li key={`${quota.resource} ${quota.per} ${quota.mode}`}>
                        <span>
                            {inWords(quota, words)}
                            <span className="note">{stands(quota, words)}</span>
                        </span>
                        {canChange && (
                            <button
                                type="button"
                                disabled={busy}
                                aria-label={`${words.remove}: ${inWords(quota, words)}`}
                                onClick={() => limit(without(all, quota), () => undefined)}
                            >
                                {words.remove}
                            </button>
                        )}
                    </li>
                ))}
            </ul>
            {canChange && all !== undefined && (
                <QuotaForm busy={busy} onSet={(quota, done) => limit(withQuota(all, quota), done)} />
            )}
        </div>
    );
}

function counted(resource: Quota['resource'], value: number, words: Words): string {
    return amount(resource, value).toLocaleString(words.locale, { maximumFractionDigits: 6 });
}

function inWords({ resource, per, mode, limit }: Quota, words: Words): string {
    const parts = [
        words.quota.most(counted(resource, limit, words), words.quota.resources[resource]),
        ...(per === null ? [] : [words.quota.windows[per]]),
        ...(mode === null ? [] : [words[mode]]),
    ];
    return parts.join(' · ');
}

function stands({ resource, spent, reserved, left, renewed }: Standing, words: Words): string {
    const parts = [
        words.quota.spent(counted(resource, spent, words)),
        ...(reserved > 0 ? [words.quota.reserved(counted(resource, reserved, words))] : []),
        words.quota.left(counted(resource, left, words)),
        ...(renewed === null ? [] : [words.quota.renewed(moment(renewed, words))]),
    ];
    return parts.join(' · ');
}
