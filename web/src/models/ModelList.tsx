import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Offer } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { useWords } from '../words/words.ts';
import { isArriving, size } from './offers.ts';
import { useOffers, type Offers } from './useOffers.ts';

/** The models that answer and those that could. */
export function ModelList({ onAnswering }: { onAnswering: () => void }) {
    const words = useWords();
    const offers = useOffers(onAnswering);
    return (
        <>
            {offers.problem !== null && <Notice problem={offers.problem} />}
            {offers.all?.length === 0 && <p className="note">{words.models.elsewhere}</p>}
            <ul className="models" aria-label={words.models.title}>
                {offers.all?.map((offer) => <ModelRow key={offer.id} offer={offer} act={offers.act} />)}
            </ul>
        </>
    );
}

/** One of them, and what can be done with it. */
export function ModelRow({ offer, act }: { offer: Offer; act: Offers['act'] }) {
    const words = useWords();
    const [asked, setAsked] = useState(false);
    const { id, state, here, bytes } = offer;
    const say = words.models;
    // Also what came of one that was stopped or failed.
    const removable = offer.removable && !isArriving(offer);
    return (
        <li className="model">
            <div className="model-name">
                <span>{offer.title}</span>
                <span className="note">
                    {[size(bytes, words.locale), offer.licence, say.states[state]].filter((each) => each !== '').join(' · ')}
                </span>
            </div>
            {isArriving(offer) ? (
                <button type="button" onClick={() => act(() => server.leaveModel(id))}>
                    {say.stop}
                    <span className="hidden"> {id}</span>
                </button>
            ) : (
                offer.hindrance === '' &&
                state !== 'answering' && (
                    <button type="button" onClick={() => act(() => server.takeModel(id))}>
                        {state === 'here' ? say.use : here > 0 ? say.goOn : say.get}
                        <span className="hidden"> {id}</span>
                    </button>
                )
            )}
            {removable && (
                <button type="button" className="quiet" aria-expanded={asked} onClick={() => setAsked(!asked)}>
                    {words.delete}
                    <span className="hidden"> {id}</span>
                </button>
            )}
            {state === 'fetching' && (
                <progress max={bytes} value={here} aria-label={say.progress(size(here, words.locale), size(bytes, words.locale))} />
            )}
            {offer.error !== '' && (
                <p className="note" role={state === 'failed' ? 'alert' : undefined}>
                    {offer.error}
                </p>
            )}
            {offer.hindrance !== '' && <p className="note">{offer.hindrance}</p>}
            {removable && asked && (
                <div className="model-question">
                    <p className="note">{state === 'answering' ? say.removeAnswering : say.remove}</p>
                    <button type="button" onClick={() => setAsked(false)}>
                        {words.cancel}
                    </button>
                    <button
                        type="button"
                        className="main danger"
                        onClick={() => {
                            setAsked(false);
                            act(() => server.removeModel(id));
                        }}
                    >
                        {words.delete}
                    </button>
                </div>
            )}
        </li>
    );
}
