import { useTranslation } from 'react-i18next';
import type { DutyBoard } from '#shared/contract/views.ts';
import { timeRange } from '../../i18n/dates.ts';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Provenance } from '../../ui/provenance.tsx';

/** Everyone on duty today, with post and hours; a neutral word when the roster does not say. */
export function DutyTable({ duty }: { readonly duty: DutyBoard }) {
  const { t } = useTranslation();
  const people = [...(duty.leader ? [duty.leader] : []), ...duty.staff];
  return (
    <>
      {people.length === 0 && <Callout>{t('duty.nobody')}</Callout>}
      {people.length > 0 && (
        <Facts
          facts={people.map((person, at) => ({
            id: String(at),
            label: [
              t(`duty.roles.${person.duty}`),
              person.title,
              timeRange(person.from, person.to),
              person.sample ? t('duty.sample') : '',
            ]
              .filter(Boolean)
              .join(' · '),
            value: person.name,
          }))}
        />
      )}
      {duty.provenance && <Provenance provenance={duty.provenance} />}
    </>
  );
}
