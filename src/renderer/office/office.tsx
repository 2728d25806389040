import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { OFFICE_ACCESS } from '#shared/contract/office-access.ts';
import type { OfficeRole } from '#shared/office/office-role.ts';
import type { Me } from '#shared/office/office-views.ts';
import { AuditPage } from './audit-page.tsx';
import { ConflictsPage } from './conflicts-page.tsx';
import { ContentPage } from './content-page.tsx';
import { DraftsPage } from './drafts-page.tsx';
import { Entry } from './entry.tsx';
import { InboxPage } from './inbox-page.tsx';
import { KeptTexts, KeptTextsProvider, useIsKept } from './kept-texts.ts';
import styles from './office.module.css';
import { OfficeFault, office, sentenceOf } from './office-client.ts';
import { OFFICE_TEXTS, PAGE_TEXTS } from './office-texts.ts';
import { Button, Fault } from './parts.tsx';
import { PeoplePage } from './people-page.tsx';
import { TerminalsPage } from './terminals-page.tsx';

const ME = ['me'];

type PageName = keyof typeof PAGE_TEXTS;

/** Whoever may see the list of a page may open it. */
const MAY_OPEN = Object.entries({
  content: OFFICE_ACCESS.content.list,
  drafts: OFFICE_ACCESS.drafts.list,
  conflicts: OFFICE_ACCESS.conflicts.list,
  inbox: OFFICE_ACCESS.inbox.list,
  terminals: OFFICE_ACCESS.terminals.list,
  people: OFFICE_ACCESS.people.list,
  audit: OFFICE_ACCESS.audit.list,
} satisfies Record<PageName, 'anyone' | readonly OfficeRole[]>) as [
  PageName,
  readonly OfficeRole[],
][];

/**
 * The admin pages: log-in, then the pages that one's roles open. They stay as they are, out of sight, while somebody whose log-in
 * ended logs in again: what was being written must not be lost. For anybody else they begin anew.
 */
export function Office() {
  const queries = useQueryClient();
  const { data: me, error } = useQuery({
    queryKey: ME,
    queryFn: async () => {
      const next = await office.logIn.me();
      const isOther = queries.getQueryData<Me>(ME)?.id !== next.id;
      // What one person has read is not for the next.
      if (isOther) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME[0] });
      return next;
    },
    retry: false,
    // Whoever looks up a code elsewhere comes back to what was typed.
    refetchOnWindowFocus: ({ state }) => state.data !== undefined,
  });
  const isOut = error instanceof OfficeFault && error.code === 'not-signed-in';
  return (
    <>
      {isOut && (
        <Entry isAgain={me !== undefined} onEnter={() => void queries.invalidateQueries()} />
      )}
      {error !== null && !isOut && <Fault sentence={sentenceOf(error)} />}
      {me !== undefined && (
        <div hidden={isOut}>
          <Desk key={me.id} me={me} />
        </div>
      )}
      {me === undefined && error === null && <p role="status">{OFFICE_TEXTS.loading}</p>}
    </>
  );
}

function Desk({ me }: { readonly me: Me }) {
  const queries = useQueryClient();
  const pages = MAY_OPEN.filter(([, roles]) => roles.some((role) => me.roles.includes(role)));
  const [page, setPage] = useState<PageName>(pages[0]?.[0] ?? 'content');
  const [draft, setDraft] = useState<string>();
  const [kept] = useState(() => new KeptTexts());
  const isKept = useIsKept(kept);
  const [isLeaving, setLeaving] = useState(false);
  const open = (next: PageName, opened?: string) => {
    setPage(next);
    setDraft(opened);
  };
  const leave = () => {
    // Whoever leaves takes everything along.
    const ended = () => queries.resetQueries({ queryKey: ME });
    office.logIn.leave().then(ended, ended);
  };
  return (
    <KeptTextsProvider value={kept}>
      <header className={styles.head}>
        <strong>{OFFICE_TEXTS.title}</strong>
        <nav className={styles.tabs} aria-label={OFFICE_TEXTS.title}>
          {pages.map(([name]) => (
            <button
              key={name}
              type="button"
              className={styles.tab}
              aria-current={name === page ? 'page' : undefined}
              onClick={() => open(name)}
            >
              {PAGE_TEXTS[name]}
            </button>
          ))}
        </nav>
        <span className={styles.who}>{me.name}</span>
        <button
          type="button"
          className={styles.tab}
          onClick={() => (isKept ? setLeaving(true) : leave())}
        >
          {OFFICE_TEXTS.logOut}
        </button>
      </header>
      {isLeaving && (
        <div className={styles.box} role="alert">
          <p>{OFFICE_TEXTS.leaving}</p>
          <div className={styles.bar}>
            <Button isMain onPress={() => setLeaving(false)}>
              {OFFICE_TEXTS.stay}
            </Button>
            <Button isDanger onPress={leave}>
              {OFFICE_TEXTS.leaveAnyway}
            </Button>
          </div>
        </div>
      )}
      <main>
        {page === 'content' && <ContentPage me={me} onDraft={(id) => open('drafts', id)} />}
        {page === 'drafts' && <DraftsPage me={me} opened={draft} onOpen={setDraft} />}
        {page === 'conflicts' && <ConflictsPage me={me} />}
        {page === 'inbox' && <InboxPage />}
        {page === 'terminals' && <TerminalsPage me={me} />}
        {page === 'people' && <PeoplePage me={me} />}
        {page === 'audit' && <AuditPage />}
      </main>
    </KeptTextsProvider>
  );
}
