import { EyeOff } from 'lucide-react';
import { useCallback, useEffect, type RefObject } from 'react';
import type { Wishes } from '../api/client.ts';
import { FileNames } from '../files/FileNames.tsx';
import { forgetAttachments } from '../files/useAttachments.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useWords } from '../words/words.ts';
import { Composer } from './Composer.tsx';
import { FleetingAnswer } from './FleetingAnswer.tsx';
import { useFleeting, type Exchange } from './useFleeting.ts';
import { useStickyScroll } from './useStickyScroll.ts';
import { useStopKey } from './useStopKey.ts';

const DRAFT = 'incognito';

/** A conversation of which nothing is kept, neither here nor on the server. */
export function IncognitoView({
    field,
    wishes,
    models,
    onWish,
    onSaid,
}: {
    field: RefObject<HTMLTextAreaElement | null>;
    wishes: Wishes;
    models: readonly string[];
    onWish: (change: Partial<Wishes>) => void;
    /** For those who do not see it. */
    onSaid: (words: string) => void;
}) {
    const words = useWords();
    const over = useCallback(() => onSaid(words.answerReady), [onSaid, words]);
    const { exchanges, working, ask, again, stop } = useFleeting(over);
    const scroll = useStickyScroll(String(exchanges.length));
    useEffect(() => () => forgetAttachments(DRAFT), []);
    useStopKey(working, stop);
    return (
        <div className="talk">
            <div className="talk-scroll" ref={scroll}>
                <div className="talk-column">
                    <div className="incognito">
                        <EyeOff aria-hidden="true" />
                        <div>
                            <h2>{words.incognitoTitle}</h2>
                            <p className="note">{words.incognitoWords}</p>
                        </div>
                    </div>
                    {exchanges.map((exchange, index) => (
                        <Shown
                            key={index}
                            exchange={exchange}
                            last={index === exchanges.length - 1}
                            onAgain={() => again(wishes)}
                        />
                    ))}
                </div>
            </div>
            <Composer
                draft={DRAFT}
                fleeting
                field={field}
                wishes={wishes}
                models={models}
                working={working}
                quote={null}
                onWish={onWish}
                onSend={async (text, { all }) => {
                    if (await ask(text, all, wishes)) {
                        onSaid(words.answerBegun);
                    }
                    return DRAFT;
                }}
                onStop={async () => stop()}
            />
        </div>
    );
}

function Shown({ exchange, last, onAgain }: { exchange: Exchange; last: boolean; onAgain: () => void }) {
    const words = useWords();
    const { question, files } = exchange;
    return (
        <>
            <article className="question" aria-label={words.you}>
                <h2 className="hidden">{words.you}</h2>
                <FileNames names={files} />
                <p dir="auto">{question}</p>
                <footer>
                    <CopyButton label={words.copy} text={() => question} />
                </footer>
            </article>
            <FleetingAnswer exchange={exchange} {...(last ? { onAgain } : {})} />
        </>
    );
}
