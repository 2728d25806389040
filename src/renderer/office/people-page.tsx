import { type ReactNode, useState } from 'react';
import { officeRoleSchema } from '#shared/office/office-role.ts';
import type { Duties, Me, OfficePerson } from '#shared/office/office-views.ts';
import { divisionCodes, NoDivision } from './division-codes.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { COLUMN_TEXTS, filled, OFFICE_TEXTS, PAGE_TEXTS, ROLE_TEXTS } from './office-texts.ts';
import {
  Asked,
  AskTwice,
  Button,
  Fault,
  OfficePage,
  Table,
  TextField,
  useDoing,
} from './parts.tsx';
import { Services } from './services.tsx';

/** Accounts of the office: who may do what, and where. */
export function PeoplePage({ me }: { readonly me: Me }) {
  const [link, setLink] = useState<string>();
  const [edited, setEdited] = useState<OfficePerson>();
  const change = useDoing(office.people.change, () => setEdited(undefined));
  const reset = useDoing(office.people.reset, (invitation) => setLink(invitation.link));
  const isTechnician = me.roles.includes('technician');
  const setActive = (person: OfficePerson, active: boolean) =>
    change.act({ id: person.id, duties: dutiesOf(person), active });
  const doing = (person: OfficePerson) => (
    <span key="do" className={styles.bar}>
      <Button onPress={() => setEdited(person)}>{OFFICE_TEXTS.edit}</Button>
      <AskTwice
        label={OFFICE_TEXTS.reset}
        question={filled(OFFICE_TEXTS.resetSure, { name: person.name })}
        onSure={() => reset.act({ id: person.id })}
      />
      {person.active ? (
        <AskTwice
          label={OFFICE_TEXTS.close}
          question={filled(OFFICE_TEXTS.closeSure, { name: person.name })}
          onSure={() => setActive(person, false)}
        />
      ) : (
        <Button onPress={() => setActive(person, true)}>{OFFICE_TEXTS.reopen}</Button>
      )}
    </span>
  );
  return (
    <OfficePage title={PAGE_TEXTS.people}>
      <Fault sentence={change.fault ?? reset.fault} />
      {link !== undefined && (
        <p className={styles.box} role="status">
          {OFFICE_TEXTS.linkIs}
          <span className={styles.secret}>{link}</span>
        </p>
      )}
      <Asked about={['people']} ask={() => office.people.list()}>
        {(people) => (
          <Table
            columns={COLUMN_TEXTS.people}
            rows={people.map((person) => ({
              id: person.id,
              cells: [
                person.name,
                person.account,
                person.roles.map((role) => ROLE_TEXTS[role]).join(OFFICE_TEXTS.between),
                person.divisions.join(' '),
                person.active ? OFFICE_TEXTS.active : OFFICE_TEXTS.closed,
                isTechnician ? doing(person) : undefined,
              ],
            }))}
          />
        )}
      </Asked>
      {isTechnician && edited === undefined && <Invite key={link} onLink={setLink} />}
      {edited !== undefined && (
        <DutiesForm
          key={edited.id}
          title={edited.account}
          start={dutiesOf(edited)}
          onDone={(duties) => change.act({ id: edited.id, duties, active: edited.active })}
        />
      )}
      <Services isTechnician={isTechnician} />
    </OfficePage>
  );
}

function dutiesOf({ name, roles, divisions }: OfficePerson): Duties {
  return { name, roles, divisions };
}

function Invite({ onLink }: { readonly onLink: (link: string) => void }) {
  const [account, setAccount] = useState('');
  const { act, fault } = useDoing(office.people.invite, ({ link }) => onLink(link));
  return (
    <DutiesForm
      title={OFFICE_TEXTS.invite}
      start={{ name: '', roles: ['editor'], divisions: [] }}
      onDone={(duties) => act({ account, duties })}
    >
      <TextField label={OFFICE_TEXTS.account} value={account} onChange={setAccount} />
      <Fault sentence={fault} />
    </DutiesForm>
  );
}

function DutiesForm({
  title,
  start,
  onDone,
  children,
}: {
  readonly title: string;
  readonly start: Duties;
  readonly onDone: (duties: Duties) => void;
  readonly children?: ReactNode;
}) {
  const [name, setName] = useState(start.name);
  const [roles, setRoles] = useState(start.roles);
  const [divisions, setDivisions] = useState(start.divisions.join(' '));
  const codes = divisionCodes(divisions);
  return (
    <fieldset className={styles.box}>
      <legend>{title}</legend>
      {children}
      <TextField label={OFFICE_TEXTS.personName} value={name} onChange={setName} />
      <div className={styles.bar}>
        {officeRoleSchema.options.map((role) => (
          <label key={role} className={styles.check}>
            <input
              type="checkbox"
              checked={roles.includes(role)}
              onChange={({ target }) =>
                setRoles(target.checked ? [...roles, role] : roles.filter((had) => had !== role))
              }
            />
            {ROLE_TEXTS[role]}
          </label>
        ))}
      </div>
      <TextField label={OFFICE_TEXTS.divisions} value={divisions} onChange={setDivisions} />
      <NoDivision text={divisions} />
      <Button
        isMain
        isOff={codes === undefined}
        onPress={() => onDone({ name, roles, divisions: codes ?? [] })}
      >
        {OFFICE_TEXTS.save}
      </Button>
    </fieldset>
  );
}
