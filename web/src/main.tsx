import { Component, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { keepShell } from './offline/keepShell.ts';
import './styles.css';
import './files/files.css';
import './app/library.css';
import './words/direction.css';
import { CATALOGUES, usual } from './words/words.ts';

/** What breaks is said, and what was written is kept: the drafts are the browser's. */
class Whole extends Component<{ children: ReactNode }, { broken: string | null }> {
    override state = { broken: null as string | null };

    static getDerivedStateFromError(error: unknown) {
        return { broken: String(error) };
    }

    override render() {
        const words = CATALOGUES[usual(navigator.languages)];
        return this.state.broken === null ? (
            this.props.children
        ) : (
            <main className="alone" role="alert">
                <h1>{words.broke}</h1>
                <p>{this.state.broken}</p>
                <button type="button" onClick={() => window.location.reload()}>
                    {words.reload}
                </button>
            </main>
        );
    }
}

const root = document.getElementById('root');
if (root !== null) {
    createRoot(root).render(
        <StrictMode>
            <Whole>
                <App />
            </Whole>
        </StrictMode>,
    );
}
keepShell();
