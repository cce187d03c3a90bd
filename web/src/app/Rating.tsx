import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { server } from '../api/client.ts';
import type { Feedback, Message } from '../api/types.ts';
import { useWords } from '../words/words.ts';
import { Notice } from './Notice.tsx';
import { useAct } from './useAct.ts';
import './rating.css';

const LONGEST_COMMENT = 4000;

/** Lets somebody say whether an answer helped, and why; pressed once more a button takes it back. */
export function Rating({ conversation, message }: { conversation: string; message: Message }) {
    const words = useWords();
    const { feedback } = message;
    const [told, setTold] = useState(feedback);
    const [asked, setAsked] = useState(false);
    const [comment, setComment] = useState(feedback?.comment ?? '');
    const { busy, problem, act } = useAct();
    const give = (given: Feedback | null, asks: boolean) =>
        act(
            () => server.rate(conversation, message.id, given),
            (after) => {
                setTold(after.feedback);
                setComment(after.feedback?.comment ?? '');
                setAsked(asks);
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
                title={label}
                disabled={busy}
                onClick={() => give(pressed ? null : { rating, comment }, !pressed)}
            >
                <Icon aria-hidden="true" />
            </button>
        );
    };
    return (
        <>
            {button('good', words.goodAnswer, ThumbsUp)}
            {button('bad', words.badAnswer, ThumbsDown)}
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
                        give({ rating: told.rating, comment }, false);
                    }}
                >
                    <label>
                        {words.feedbackWhy}
                        <input
                            maxLength={LONGEST_COMMENT}
                            value={comment}
                            onChange={(event) => setComment(event.target.value)}
                        />
                    </label>
                    <button type="submit" disabled={busy || comment.trim() === told.comment}>
                        {words.save}
                    </button>
                    <button type="button" className="quiet" onClick={() => setAsked(false)}>
                        {words.close}
                    </button>
                </form>
            )}
        </>
    );
}
