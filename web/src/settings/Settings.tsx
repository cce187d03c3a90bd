import { Brain, ChartColumn, Database, KeyRound, Palette, UserRound, UsersRound } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { server } from '../api/client.ts';
import type { Me } from '../api/types.ts';
import { Notice } from '../app/Notice.tsx';
import { forgetDrafts } from '../app/kept.ts';
import { useAct } from '../app/useAct.ts';
import { EndpointList } from '../models/EndpointList.tsx';
import { ModelList } from '../models/ModelList.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words/words.ts';
import { Appearance } from './Appearance.tsx';
import { Data } from './Data.tsx';
import { Keys } from './Keys.tsx';
import type { Look } from './look.ts';
import { Members } from './Members.tsx';
import { Profile } from './Profile.tsx';
import { addressOf, closeSettings, sectionsFor, showSection, type Section } from './section.ts';
import { Usage } from './Usage.tsx';
import './settings.css';

const ICONS: Record<Section, ReactNode> = {
    appearance: <Palette aria-hidden="true" />,
    models: <Brain aria-hidden="true" />,
    profile: <UserRound aria-hidden="true" />,
    keys: <KeyRound aria-hidden="true" />,
    members: <UsersRound aria-hidden="true" />,
    usage: <ChartColumn aria-hidden="true" />,
    data: <Database aria-hidden="true" />,
};

/** All that can be set, in sections with addresses of their own. */
export function Settings({
    section,
    look,
    me,
    onLook,
    onModels,
    onMe,
    onOut,
}: {
    section: Section;
    look: Look;
    me: Me;
    onLook: (change: Partial<Look>) => void;
    /** There may be other models. */
    onModels: () => void;
    /** Who asks may be somebody else by now, or called so. */
    onMe: () => void;
    /** Who asked is out. */
    onOut: () => void;
}) {
    const words = useWords();
    const { busy, problem, act } = useAct();
    const { person } = me;
    return (
        <Dialog title={words.settings} kind="settings" onClose={closeSettings}>
            <nav className="settings-sections" aria-label={words.settings}>
                {sectionsFor(person).map((each) => (
                    <a
                        key={each}
                        href={addressOf(each)}
                        aria-current={each === section ? 'page' : undefined}
                        onClick={(event) => choose(event, each)}
                    >
                        {ICONS[each]}
                        {words.sections[each]}
                    </a>
                ))}
                {person !== null && (
                    <button
                        type="button"
                        className="quiet"
                        disabled={busy}
                        title={person.name}
                        onClick={() =>
                            act(server.signOut, () => {
                                forgetDrafts();
                                closeSettings();
                                onOut();
                            })
                        }
                    >
                        {words.signOut}
                    </button>
                )}
            </nav>
            <div key={section} className="settings-panel" role="region" aria-label={words.sections[section]}>
                {problem !== null && <Notice problem={problem} />}
                {section === 'appearance' && <Appearance look={look} onLook={onLook} />}
                {section === 'models' && (
                    <>
                        <ModelList onAnswering={onModels} />
                        <EndpointList onAnswering={onModels} />
                    </>
                )}
                {section === 'usage' && <Usage person={person} />}
                {section === 'data' && <Data person={person} onOut={onOut} />}
                {person !== null && section === 'profile' && (
                    <Profile person={person} session={me.session} onMe={onMe} />
                )}
                {person !== null && section === 'keys' && <Keys person={person.id} canMake={person.role !== 'guest'} />}
                {person !== null && section === 'members' && <Members self={person.id} onMe={onMe} />}
            </div>
        </Dialog>
    );
}

function choose(event: MouseEvent, section: Section) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
        event.preventDefault();
        showSection(section);
    }
}
