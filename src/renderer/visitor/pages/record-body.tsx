import type { ReactNode } from 'react';
import type { Provenance as ProvenanceView } from '#shared/contract/views.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { LanguageState, langOf } from '../language-state.tsx';

/** A record to read: in which language it is, its title, what it says, and who published it when (V3). */
export function RecordBody({
  title,
  above,
  about,
  provenance,
  children,
}: {
  readonly title: string;
  /** The list that it stands in. */
  readonly above: string;
  /** What it is about, in a sentence under the title. */
  readonly about?: string | undefined;
  readonly provenance: ProvenanceView;
  readonly children: ReactNode;
}) {
  const lang = langOf(provenance.language);
  return (
    <>
      <LanguageState language={provenance.language} />
      <PageTitle title={title} above={above} lang={lang}>
        {about && <span lang={lang}>{about}</span>}
      </PageTitle>
      {children}
      <Provenance provenance={provenance} />
    </>
  );
}
