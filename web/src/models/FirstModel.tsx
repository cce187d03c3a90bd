import { useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { ModelRow } from './ModelList.tsx';
import { firstOf, isArriving } from './offers.ts';
import { useOffers } from './useOffers.ts';

/** Where there is no model yet: offers one to begin with, and the others to who wants them. */
export function FirstModel({ onAnswering }: { onAnswering: () => void }) {
    const words = useWords();
    const [all, setAll] = useState(false);
    const offers = useOffers(onAnswering);
    const first = firstOf(offers.all ?? []);
    const shown = offers.all?.filter((offer) => all || offer === first || isArriving(offer) || offer.error !== '');
    return (
        <div className="welcome">
            <h1>{words.models.none}</h1>
            <p>{words.models.noneWords}</p>
            {offers.problem !== null && <Notice problem={offers.problem} />}
            <ul className="models" aria-label={words.models.title}>
                {shown?.map((offer) => <ModelRow key={offer.id} offer={offer} act={offers.act} />)}
            </ul>
            {!all && (offers.all?.length ?? 0) > 1 && (
                <button type="button" className="quiet" onClick={() => setAll(true)}>
                    {words.models.others}
                </button>
            )}
        </div>
    );
}
