import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditRecord } from '#shared/contract/editing.ts';
import type { OtherRoute } from '../session/route.ts';
import { FRESH_SESSION, SessionContext } from '../session/session.ts';
import type { StationClient } from '../station-client/station-client.ts';
import {
  createQueryClient,
  StationClientProvider,
  useStation,
} from '../station-client/use-station.ts';
import { OtherPage } from '../visitor/other-pages.tsx';
import styles from './staff.module.css';

/** Where a visitor meets a record of each kind. */
const PLACES: Readonly<Record<EditRecord['kind'], (record: EditRecord) => OtherRoute>> = {
  roster: () => ({ page: 'board', item: 'duty' }),
  hours: () => ({ page: 'station' }),
  notice: () => ({ page: 'board', item: 'other' }),
  pledge: () => ({ page: 'board', item: 'pledges' }),
  station: () => ({ page: 'station' }),
  hotline: () => ({ page: 'hotlines' }),
  person: ({ id }) => ({ page: 'person', id }),
  'service-local': ({ draft }) => ({ page: 'guide', id: guideOf(draft?.content.body) }),
};

/** Methods that the host answers as if the draft were published. */
const AS_IF = [
  'home.view',
  'board.disclosure',
  'board.community',
  'stations.current',
  'hotlines.list',
  'guides.get',
  'people.get',
];

/** The very page that a visitor will see, with the draft in it. */
export function Preview({ record }: { readonly record: EditRecord }) {
  const { t } = useTranslation();
  const station = useStation();
  const [queries] = useState(createQueryClient);
  const client = useMemo(() => asIf(station, record.id), [station, record.id]);
  const session = useMemo(() => ({ session: FRESH_SESSION, act: () => {} }), []);
  return (
    <section className={styles.preview} aria-label={t('staff.tabs.preview')}>
      <p className={styles.hint}>{t('staff.previewHint')}</p>
      <QueryClientProvider client={queries}>
        <StationClientProvider value={client}>
          <SessionContext value={session}>
            <div className={styles.seen} inert>
              <OtherPage route={PLACES[record.kind](record)} />
            </div>
          </SessionContext>
        </StationClientProvider>
      </QueryClientProvider>
    </section>
  );
}

function asIf(station: StationClient, id: string): StationClient {
  const methodOf = (group: object, name: string, method: string): unknown =>
    AS_IF.includes(`${name}.${method}`)
      ? async (input: unknown) => {
          const asked = { id, method: `${name}.${method}`, input: input as never };
          const { answer } = await station.editing.preview(asked);
          return answer;
        }
      : Reflect.get(group, method);
  return new Proxy(station, {
    get: (whole, name: string) => {
      const group: unknown = Reflect.get(whole, name);
      if (typeof group !== 'function' && typeof group !== 'object') return group;
      return new Proxy(group as object, {
        get: (methods, method: string) => methodOf(methods, name, method),
      });
    },
  });
}

function guideOf(body: unknown): string {
  const { service } = (body ?? {}) as { service?: unknown };
  return typeof service === 'string' ? service : '';
}
