import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { server } from '../api/client.ts';
import type { Feedback, Message } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { tell } from './news.ts';
import { Notice } from './Notice.tsx';
import { useAct } from './useAct.ts';
import './rating.css';

const LONGEST_COMMENT = 4000;

/** Lets somebody say whether an answer helped, and why; pressed once more a button takes it back. */
export function Rating({
    conversation,
    message: { id, feedback },
    children,
}: {
    conversation: string;
    message: Message;
    /** What stands between the buttons and the words. */
    children: ReactNode;
}) {
    const words = useWords();
    const [told, setTold] = useState(feedback);
    const [asked, setAsked] = useState(false);
    // What stands in the field: only Save sends it, and it outlives a rating that is taken back.
    const [comment, setComment] = useState(feedback?.comment ?? '');
    const why = useRef<HTMLButtonElement>(null);
    const { busy, problem, act } = useAct();
    // Another tab may say something else, but not over what is being written here.
    useEffect(() => {
        if (!asked) {
            setTold(feedback);
            setComment((before) => feedback?.comment ?? before);
        }
    }, [feedback?.rating, feedback?.comment]);
    const close = () => {
        setAsked(false);
        setTold(feedback);
        why.current?.focus();
    };
    const give = (given: Feedback | null, done: () => void) =>
        act(
            () => server.rate(conversation, id, given),
            (after) => {
                done();
                setTold(after.feedback);
                tell(conversation);
            },
        );
    const button = (rating: Feedback['rating'], label: string, Icon: typeof ThumbsUp) => {
        const pressed = told?.rating === rating;
        return (
            <button
                type="button"
                className="quiet icon"
                aria-label={label}
                aria-pressed={pressed}
                aria-disabled={busy}
                title={label}
                onClick={() =>
                    give(pressed ? null : { rating, comment: told?.comment ?? '' }, () => setAsked(!pressed))
                }
            >
                <Icon aria-hidden="true" />
            </button>
        );
    };
    return (
        <>
            {button('good', words.goodAnswer, ThumbsUp)}
            {button('bad', words.badAnswer, ThumbsDown)}
            {told !== null && (
                <button
                    ref={why}
                    type="button"
                    className="quiet"
                    aria-expanded={asked}
                    onClick={() => (asked ? close() : setAsked(true))}
                >
                    {words.feedbackWhy}
                </button>
            )}
            {children}
            {problem !== null && (
                <div className="rating">
                    <Notice problem={problem} />
                </div>
            )}
            {asked && told !== null && (
                <form
                    className="rating"
                    onSubmit={(event) => {
                        event.preventDefault();
                        give({ rating: told.rating, comment }, close);
                    }}
                >
                    <label>
                        {words.feedbackWhy}
                        <input
                            maxLength={LONGEST_COMMENT}
                            readOnly={busy}
                            value={comment}
                            onChange={(event) => setComment(event.target.value)}
                        />
                    </label>
                    <button type="submit" aria-disabled={busy} disabled={comment.trim() === told.comment}>
                        {words.save}
                    </button>
                    <button type="button" className="quiet" onClick={close}>
                        {words.close}
                    </button>
                </form>
            )}
        </>
    );
}
