import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentView } from '#shared/contract/enrolment.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { useWhen } from './device-room.tsx';
import { RoomFrame, type RoomProps } from './room-frame.tsx';
import { TextField } from './text-field.tsx';
import { useRereading } from './use-rereading.ts';

type Enrolled = Exclude<EnrolmentView, { state: 'none' }>;

/** A server far away may take its minute. */
const PATIENT = { timeoutMs: 70_000 };

/** The district that this terminal belongs to, and how it comes to belong to one. */
export function DistrictRoom(props: RoomProps) {
  const { t } = useTranslation();
  const query = useReading(['staff-district'], ({ enrolment }) => enrolment.view());
  useRereading(query);
  return (
    <RoomFrame {...props} title={t('staff.rooms.district')} position="district">
      <PageBody>
        <Reading query={query}>
          {(view) => (
            <>
              {view.state !== 'none' && <Belonging view={view} />}
              {view.state !== 'enrolled' && <EnrolForm onDone={() => void query.refetch()} />}
            </>
          )}
        </Reading>
      </PageBody>
    </RoomFrame>
  );
}

function Belonging({
  view: { state, district, terminal, filledPercent, waiting, refused, ...view },
}: {
  readonly view: Enrolled;
}) {
  const { t } = useTranslation();
  if (state === 'revoked')
    return <Callout tone="alarm">{t('staff.district.revoked', { district })}</Callout>;
  return (
    <Section title={t('staff.district.enrolledTitle')}>
      <p>{t('staff.district.enrolled', { district, terminal })}</p>
      {filledPercent !== undefined && (
        <p>{t('staff.district.filling', { percent: filledPercent })}</p>
      )}
      {filledPercent === undefined && <ContentAge {...view} />}
      <p>
        {waiting === 0
          ? t('staff.district.unsentNone')
          : t('staff.district.unsent', { count: waiting })}
      </p>
      {refused > 0 && (
        <Callout tone="alarm">{t('staff.district.refused', { count: refused })}</Callout>
      )}
    </Section>
  );
}

/** How old the district's content is here: looked at by itself, or brought once, as by stick. */
function ContentAge({
  contentCheckedAt,
  contentTakenAt,
}: Pick<Enrolled, 'contentCheckedAt' | 'contentTakenAt'>) {
  const { t } = useTranslation();
  const when = useWhen(contentCheckedAt ?? contentTakenAt ?? 0);
  if (contentCheckedAt !== undefined) return <p>{t('staff.district.checkedAt', { when })}</p>;
  if (contentTakenAt !== undefined) return <p>{t('staff.district.takenAt', { when })}</p>;
  return <Callout tone="warn">{t('staff.district.notYet')}</Callout>;
}

function EnrolForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const station = useStation();
  const [typed, setTyped] = useState({ server: '', code: '', name: '' });
  const [said, setSaid] = useState<{ readonly tone: 'note' | 'alarm'; readonly text: string }>();
  const [isAsking, setAsking] = useState(false);
  const example = t('staff.district.defaultName');
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: (text: string) => setTyped((before) => ({ ...before, [name]: text })),
  });
  const enrol = () => {
    if (isAsking) return;
    setAsking(true);
    setSaid({ tone: 'note', text: t('staff.district.waiting') });
    station.enrolment
      .enrol({ ...typed, name: typed.name.trim() || example }, { context: PATIENT })
      .then(
        ({ state }) => {
          if (state !== 'enrolled')
            setSaid({ tone: 'alarm', text: t(`staff.district.answer.${state}`) });
        },
        () => setSaid({ tone: 'alarm', text: t('staff.failed') }),
      )
      .finally(() => {
        setAsking(false);
        onDone();
      });
  };
  return (
    <Section title={t('staff.district.howTitle')}>
      <p>{t('staff.district.how')}</p>
      <TextField
        label={t('staff.district.server')}
        keys="latin"
        maxLength={200}
        {...field('server')}
      />
      <TextField label={t('staff.district.code')} keys="latin" maxLength={20} {...field('code')} />
      <TextField label={t('staff.district.name', { example })} maxLength={40} {...field('name')} />
      {said !== undefined && <Callout tone={said.tone}>{said.text}</Callout>}
      <Action label={t('staff.district.enrol')} emphasis="primary" onPress={enrol} />
    </Section>
  );
}
