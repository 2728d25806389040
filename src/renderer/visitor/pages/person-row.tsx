import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonSummary } from '#shared/contract/people.ts';
import { timeRange } from '../../i18n/dates.ts';
import { useGo } from '../../session/session.ts';
import { Initial } from '../../ui/initial.tsx';
import { Row } from '../../ui/row.tsx';
import { langOf } from '../language-state.tsx';

/** When on the day that was asked for; otherwise whether there now. */
function presence(t: TFunction, { thatDay, onDuty }: PersonSummary): string | undefined {
  if (thatDay !== undefined) return timeRange(thatDay.from, thatDay.to);
  return onDuty === undefined ? undefined : t('people.now');
}

/** Somebody in a list: who it is, what for, and whether there at this moment. */
export function PersonRow({
  person,
  detail,
}: {
  readonly person: PersonSummary;
  /** Said instead of the title and the organisation. */
  readonly detail?: ReactNode;
}) {
  const { t } = useTranslation();
  const go = useGo();
  // Advisers sit at several outlets: hours alone would send people to the wrong one.
  const place = (person.thatDay ?? person.onDuty)?.station.name;
  const parts = [person.title, person.grade ?? '', person.specialties.join(t('join.items'))];
  const about = parts.filter((part) => part !== '').join(' · ');
  return (
    <Row
      start={<Initial name={person.name} />}
      label={person.name}
      lang={detail === undefined ? langOf(person.language) : undefined}
      detail={
        detail ?? (
          <>
            {place !== undefined && (
              <>
                <span lang="zh-CN">{place}</span>
                {' · '}
              </>
            )}
            {about}
          </>
        )
      }
      end={presence(t, person)}
      onPress={() => go({ page: 'person', id: person.id })}
    />
  );
}
