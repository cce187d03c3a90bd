import { useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';

export interface Command {
    id: string;
    label: string;
    keys?: string;
    act: () => void;
}

/** All that can be done, by its name. */
export function Palette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
    const words = useWords();
    const [query, setQuery] = useState('');
    const [at, setAt] = useState(0);
    const id = useId();
    const wanted = query.toLocaleLowerCase().split(/\s+/);
    const found = commands
        .filter(({ label }) => wanted.every((word) => label.toLocaleLowerCase().includes(word)))
        .slice(0, 12);
    const chosen = found[Math.min(at, found.length - 1)];
    const act = (command: Command) => {
        // Gone before, as a dialog gives the focus back to where it was.
        flushSync(onClose);
        command.act();
    };
    return (
        <Dialog title={words.palette} kind="palette" onClose={onClose}>
            <input
                data-first
                role="combobox"
                aria-expanded="true"
                aria-controls={id}
                aria-autocomplete="list"
                aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen.id}`}
                aria-label={words.paletteSearch}
                placeholder={words.paletteSearch}
                value={query}
                onChange={(event) => {
                    setQuery(event.target.value);
                    setAt(0);
                }}
                onKeyDown={(event) => {
                    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                        event.preventDefault();
                        const by = event.key === 'ArrowDown' ? 1 : -1;
                        setAt((before) => (Math.min(before, found.length - 1) + by + found.length) % found.length || 0);
                    }
                    if (event.key === 'Enter' && chosen !== undefined) {
                        event.preventDefault();
                        act(chosen);
                    }
                }}
            />
            <ul id={id} role="listbox" aria-label={words.palette}>
                {found.map((command) => (
                    <li
                        key={command.id}
                        id={`${id}-${command.id}`}
                        role="option"
                        aria-selected={command === chosen}
                        onMouseDown={(event) => event.preventDefault()}
                        onClick={() => act(command)}
                    >
                        <span>{command.label}</span>
                        {command.keys !== undefined && <kbd>{command.keys}</kbd>}
                    </li>
                ))}
            </ul>
            {found.length === 0 && <p className="note">{words.nothingFound}</p>}
        </Dialog>
    );
}

export function Shortcuts({ onClose }: { onClose: () => void }) {
    const words = useWords();
    const keys: [string, string][] = [
        ['Ctrl K', words.palette],
        ['Ctrl Shift O', words.newConversation],
        ['Ctrl Shift F', words.search],
        ['Ctrl B', words.keys.list],
        ['Ctrl .', words.keys.stop],
        ['Enter', words.send],
        ['Shift Enter', words.keys.newline],
        ['Ctrl /', words.keys.help],
    ];
    return (
        <Dialog title={words.shortcuts} onClose={onClose}>
            <dl className="shortcuts">
                {keys.map(([key, what]) => (
                    <div key={key}>
                        <dt>{what}</dt>
                        <dd>
                            <kbd>{key}</kbd>
                        </dd>
                    </div>
                ))}
            </dl>
        </Dialog>
    );
}
