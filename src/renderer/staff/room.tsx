import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DistrictTrouble, EditKindCount, EditRow } from '#shared/contract/editing.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageTitle } from '../ui/page-title.tsx';
import { Reading } from '../ui/reading.tsx';
import { Row, Rows } from '../ui/row.tsx';
import { AtDesk } from './at-desk.ts';
import { useWhen } from './device-room.tsx';
import { RecordPage } from './record-page.tsx';
import { RoomFrame, type RoomProps } from './room-frame.tsx';
import { UnsavedDraftsProvider, unsavedDraftsOf, useAskBeforeClosing } from './unsaved-drafts.ts';

type Place =
  | { readonly at: 'overview' }
  | { readonly at: 'list'; readonly kind: EditKindCount }
  | { readonly at: 'record'; readonly id: string };

/** Where staff change the station's own content: what there is, a list of a kind, one record (S1). */
export function StaffRoom({
  session,
  now,
  onBack,
  onLeave,
}: RoomProps & {
  /** By the host's clock, epoch milliseconds. */
  readonly now: number;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [trail, setTrail] = useState<readonly Place[]>([{ at: 'overview' }]);
  const place = trail.at(-1) ?? { at: 'overview' };
  const go = (next: Place) => setTrail([...trail, next]);
  const back = () => {
    void queries.invalidateQueries();
    setTrail(trail.slice(0, -1));
  };
  const isFirst = trail.length === 1;
  const drafts = unsavedDraftsOf(useStation(), session.person);
  useAskBeforeClosing(use(AtDesk), drafts);
  const [isHeld, setHeld] = useState(false);
  const leave = () => {
    setHeld(false);
    void drafts.settle().then((isSaved) => (isSaved ? onLeave() : setHeld(true)));
  };
  return (
    <RoomFrame
      title={t('staff.title')}
      session={session}
      onLeave={leave}
      // What is asked stands at the top.
      position={JSON.stringify([place, isHeld])}
      {...(isFirst ? (onBack === undefined ? {} : { onBack }) : { onBack: back })}
    >
      {isHeld && (
        <Callout
          tone="warn"
          title={t('staff.notAllSaved')}
          action={
            <>
              <Action label={t('staff.stay')} emphasis="primary" onPress={() => setHeld(false)} />
              <Action label={t('staff.leaveAnyway')} onPress={onLeave} />
            </>
          }
        >
          {t('staff.notAllSavedHint')}
        </Callout>
      )}
      <UnsavedDraftsProvider value={drafts}>
        {place.at === 'overview' && <Overview onOpen={(kind) => go({ at: 'list', kind })} />}
        {place.at === 'list' && (
          <RecordList kind={place.kind} onOpen={(id) => go({ at: 'record', id })} />
        )}
        {place.at === 'record' && (
          <RecordPage id={place.id} today={localMoment(now).date} onLeave={back} />
        )}
      </UnsavedDraftsProvider>
    </RoomFrame>
  );
}

/** What staff can do about it, or that they need do nothing. */
const TROUBLES = {
  unreachable: 'staff.troubleUnreachable',
  clock: 'staff.troubleClock',
  signature: 'staff.troubleSignature',
  version: 'staff.troubleVersion',
  revoked: 'staff.revokedHint',
} as const satisfies Readonly<Record<DistrictTrouble, string>>;

function Overview({ onOpen }: { readonly onOpen: (kind: EditKindCount) => void }) {
  const { t } = useTranslation();
  const station = useStation();
  const see = (id: string) => {
    const again = () => void query.refetch();
    station.editing.seen({ id }).then(again, again);
  };
  const query = useReading(['edit-overview'], (host) => host.editing.overview());
  return (
    <PageBody>
      <Reading query={query}>
        {(overview) => (
          <>
            <PageTitle title={t('staff.overview')} above={overview.station}>
              {t('staff.overviewHint')}
            </PageTitle>
            {overview.district?.isRevoked === true && (
              <Callout tone="alarm" title={t('staff.revoked', { name: overview.district.name })}>
                {t('staff.revokedHint')}
              </Callout>
            )}
            {overview.waiting > 0 &&
              overview.district?.trouble !== undefined &&
              !overview.district.isRevoked && (
                <Callout tone="warn" title={t('staff.trouble', { name: overview.district.name })}>
                  {t(TROUBLES[overview.district.trouble])}
                </Callout>
              )}
            {overview.waiting > 0 && overview.district?.isRevoked !== true && (
              <Callout>
                {overview.district === undefined
                  ? t('staff.alone')
                  : t('staff.waitingCount', { count: overview.waiting })}
                {overview.district !== undefined && overview.oldestAt !== undefined && (
                  <Since at={overview.oldestAt} />
                )}
              </Callout>
            )}
            {overview.refused.map(({ id, message }) => (
              <Callout
                key={id}
                tone="warn"
                title={t('staff.refusedOther')}
                action={<Action label={t('staff.seen')} onPress={() => see(id)} />}
              >
                {message}
              </Callout>
            ))}
            <Rows columns="two">
              {overview.kinds.map((kind) => (
                <Row
                  key={kind.kind}
                  label={kind.label}
                  detail={factsOf(kind, t)}
                  end={t('staff.count', { count: kind.count })}
                  onPress={() => onOpen(kind)}
                />
              ))}
            </Rows>
          </>
        )}
      </Reading>
    </PageBody>
  );
}

/** Since when the oldest of what waits for the district has waited. */
function Since({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  return <p>{t('staff.waitingSince', { when: useWhen(at) })}</p>;
}

/** What wants somebody's eye, the most pressing first. */
function factsOf(kind: EditKindCount, t: TFunction): string | undefined {
  const facts = (['troubles', 'ending', 'drafts', 'waiting'] as const).flatMap((name) =>
    kind[name] === 0 ? [] : [t(`staff.facts.${name}`, { count: kind[name] })],
  );
  return facts.join(t('join.parts')) || undefined;
}

function RecordList({
  kind,
  onOpen,
}: {
  readonly kind: EditKindCount;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [isFailed, setFailed] = useState(false);
  const query = useReading(['edit-list', kind.kind], (host) =>
    host.editing.list({ kind: kind.kind }),
  );
  const add = () => {
    station.editing.create({ kind: kind.kind }).then(
      ({ id }) => onOpen(id),
      () => setFailed(true),
    );
  };
  return (
    <PageBody>
      <PageTitle title={kind.label} />
      {isFailed && <Callout tone="alarm">{t('staff.failed')}</Callout>}
      {kind.mayAdd && (
        <Action
          label={t('staff.addRecord', { label: kind.label })}
          emphasis="primary"
          onPress={add}
        />
      )}
      <Reading query={query}>
        {(rows) => (
          <Rows>
            {rows.length === 0 && <Callout>{t('staff.nothing')}</Callout>}
            {rows.map((row) => (
              <Row
                key={row.id}
                label={row.title || t('staff.untitled')}
                detail={stateOf(row, t)}
                onPress={() => onOpen(row.id)}
              />
            ))}
          </Rows>
        )}
      </Reading>
    </PageBody>
  );
}

function stateOf(row: EditRow, t: TFunction): string {
  const until = row.validUntil === undefined ? [] : [t('staff.untilDay', { date: row.validUntil })];
  return [
    ...(row.locked === undefined ? [] : [t('staff.fromDistrict')]),
    ...(row.progress === 'none' ? [] : [t(`staff.progress.${row.progress}`)]),
    ...(row.hasDraft ? [t('staff.hasDraft')] : []),
    ...(row.isShown ? until : [t('staff.isNotShown')]),
    ...(row.completeness === undefined ? [] : [row.completeness]),
  ].join(t('join.sentences'));
}
