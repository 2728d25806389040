import { useState } from 'react';
import {
  type NewService,
  type ServiceAccount,
  serviceRightSchema,
} from '#shared/office/service-account.ts';
import { divisionCodes, NoDivision } from './division-codes.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import {
  COLUMN_TEXTS,
  filled,
  OFFICE_TEXTS,
  RIGHT_TEXTS,
  SERVICE_STATE_TEXTS,
  timeText,
} from './office-texts.ts';
import { Asked, AskTwice, Button, Fault, Table, TextField, useDoing } from './parts.tsx';

/** Accounts of other parties' programs: what each may ask, until when, and the end of it. */
export function Services({ isTechnician }: { readonly isTechnician: boolean }) {
  const { act, fault } = useDoing(office.services.revoke);
  const doing = ({ id, name, state }: ServiceAccount) =>
    isTechnician && state === 'active' ? (
      <AskTwice
        key="revoke"
        label={OFFICE_TEXTS.revoke}
        question={filled(OFFICE_TEXTS.serviceRevokeSure, { name })}
        onSure={() => act({ id })}
      />
    ) : undefined;
  return (
    <section className={styles.page} aria-label={OFFICE_TEXTS.services}>
      <h2>{OFFICE_TEXTS.services}</h2>
      <p>{OFFICE_TEXTS.servicesHint}</p>
      <Fault sentence={fault} />
      <Asked about={['services']} ask={() => office.services.list()}>
        {(services) => (
          <Table
            columns={COLUMN_TEXTS.services}
            rows={services.map((service) => ({
              id: service.id,
              cells: [...cellsOf(service), doing(service)],
            }))}
          />
        )}
      </Asked>
      {isTechnician && <NewKey />}
    </section>
  );
}

function cellsOf({ name, rights, divisions, lastDay, usedAt, state }: ServiceAccount) {
  return [
    name,
    rights.map((right) => RIGHT_TEXTS[right]).join(OFFICE_TEXTS.between),
    divisions.join(' '),
    lastDay,
    usedAt === undefined ? OFFICE_TEXTS.never : timeText(usedAt),
    SERVICE_STATE_TEXTS[state],
  ];
}

/** Makes an account, and shows its key until the person has noted it: the server does not know it any more. */
function NewKey() {
  const [key, setKey] = useState<string>();
  const { act, fault, isPending } = useDoing(office.services.make, (made) => setKey(made.key));
  if (key === undefined)
    return (
      <>
        <Fault sentence={fault} />
        <ServiceForm onDone={act} isPending={isPending} />
      </>
    );
  return (
    <div className={styles.box} role="status">
      <p>
        {OFFICE_TEXTS.keyIs}
        <span className={styles.secret}>{key}</span>
      </p>
      <div className={styles.bar}>
        <Button onPress={() => setKey(undefined)}>{OFFICE_TEXTS.keyNoted}</Button>
      </div>
    </div>
  );
}

function ServiceForm({
  onDone,
  isPending,
}: {
  readonly onDone: (made: NewService) => void;
  /** Two presses would make two accounts, and the first one's key would be seen by nobody. */
  readonly isPending: boolean;
}) {
  const [name, setName] = useState('');
  const [rights, setRights] = useState<NewService['rights']>(['content']);
  const [divisions, setDivisions] = useState('');
  const [lastDay, setLastDay] = useState('');
  const codes = divisionCodes(divisions) ?? [];
  const isWhole = name.trim() !== '' && rights.length > 0 && codes.length > 0 && lastDay !== '';
  return (
    <fieldset className={styles.box}>
      <legend>{OFFICE_TEXTS.makeService}</legend>
      <TextField label={OFFICE_TEXTS.serviceName} value={name} onChange={setName} />
      <div className={styles.bar}>
        {serviceRightSchema.options.map((right) => (
          <label key={right} className={styles.check}>
            <input
              type="checkbox"
              checked={rights.includes(right)}
              onChange={({ target }) =>
                setRights(
                  target.checked ? [...rights, right] : rights.filter((had) => had !== right),
                )
              }
            />
            {RIGHT_TEXTS[right]}
          </label>
        ))}
      </div>
      <TextField label={OFFICE_TEXTS.serviceDivisions} value={divisions} onChange={setDivisions} />
      <NoDivision text={divisions} />
      <TextField
        label={OFFICE_TEXTS.serviceLastDay}
        type="date"
        value={lastDay}
        onChange={setLastDay}
      />
      <Button
        isMain
        isOff={!isWhole || isPending}
        onPress={() => onDone({ name: name.trim(), rights, divisions: codes, lastDay })}
      >
        {OFFICE_TEXTS.makeKey}
      </Button>
    </fieldset>
  );
}
