import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { latePart, useLatePart } from '../../ui/late-part.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Provenance } from '../../ui/provenance.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Failure, Reading, Waiting } from '../../ui/reading.tsx';
import { Section } from '../../ui/section.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { FilmPlayer } from './film-player.tsx';
import type { PamphletReader } from './pamphlet-reader.tsx';

/** The reader of pamphlets is a megabyte of program that only those who open one need. */
const reader = latePart(async () => (await import('./pamphlet-reader.tsx')).PamphletReader);

/** A film with captions, a pamphlet, or a sound (V11). */
export function MediaPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['media', id], (station, language) =>
    station.media.get({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {({ body, provenance, path }) => (
          <>
            <LanguageState language={provenance.language} />
            <PageTitle
              title={body.title}
              above={t(body.type === 'pdf' ? 'media.pamphlets' : 'media.films')}
              lang={langOf(provenance.language)}
            >
              {body.description}
            </PageTitle>
            {path === undefined ? (
              <Callout tone="alarm">{t('media.missing')}</Callout>
            ) : body.type === 'pdf' ? (
              <Pamphlet id={id} path={path} bytes={body.bytes} title={body.title} />
            ) : (
              <FilmPlayer path={path} captions={body.captions} seconds={body.seconds} />
            )}
            <Takeaway id={id} />
            <Provenance provenance={provenance} />
          </>
        )}
      </Reading>
    </PageBody>
  );
}

function Pamphlet(pamphlet: ComponentProps<typeof PamphletReader>) {
  const { part: Reader, failure } = useLatePart(reader);
  if (Reader !== undefined) return <Reader {...pamphlet} />;
  return failure === undefined ? <Waiting /> : <Failure error={failure} />;
}

/** What to take along without any network, in Chinese (decision 008). */
function Takeaway({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['media-takeaway', id], (station) => station.media.takeaway({ id }));
  return (
    <Section title={t('laws.takeaway')}>
      <Reading query={query}>
        {({ text }) => <Qr text={text} caption={t('media.takeawayCaption')} size="large" />}
      </Reading>
    </Section>
  );
}
