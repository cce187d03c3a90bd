import { useState } from 'react';
import { Notice } from '../app/Notice.tsx';
import { openSettings } from '../settings/section.ts';
import { useWords } from '../words/words.ts';
import { ModelRow } from './ModelList.tsx';
import { firstOf, isArriving } from './offers.ts';
import { useOffers } from './useOffers.ts';

/** Where there is no model yet: offers one to begin with, and to who wants that the others, or a model elsewhere. */
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
            <button type="button" className="quiet" onClick={() => openSettings('models')}>
                {words.models.haveEndpoint}
            </button>
        </div>
    );
}
