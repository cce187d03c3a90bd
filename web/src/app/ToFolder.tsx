import { useId, useState } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';

/** Puts a conversation into a folder, one that there is or a new one. */
export function ToFolder({
    folder,
    folders,
    onFolder,
    onClose,
}: {
    folder: string;
    folders: readonly string[];
    onFolder: (folder: string) => void;
    onClose: () => void;
}) {
    const words = useWords();
    const [name, setName] = useState(folder);
    const id = useId();
    return (
        <Dialog title={words.toFolder} onClose={onClose}>
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    onFolder(name.trim());
                    onClose();
                }}
            >
                <label className="field">
                    {words.folder}
                    <input
                        data-first
                        list={id}
                        maxLength={200}
                        autoComplete="off"
                        value={name}
                        onChange={(event) => setName(event.target.value)}
                    />
                </label>
                <datalist id={id}>
                    {folders.map((each) => (
                        <option key={each} value={each} />
                    ))}
                </datalist>
                <p className="note">{words.folderWords}</p>
                <div className="actions">
                    <button type="button" onClick={onClose}>
                        {words.cancel}
                    </button>
                    <button type="submit" className="main" disabled={name.trim() === folder}>
                        {words.save}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}
