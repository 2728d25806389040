import { type ReactNode, type SubmitEvent, useState } from 'react';
import { Mark } from '../ui/mark.tsx';
import { Qr } from '../ui/qr.tsx';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { filled, OFFICE_TEXTS } from './office-texts.ts';
import { Asked, Button, Fault, TextField, useDoing } from './parts.tsx';

/** Before anybody is logged in: an invitation, when the address carries one, else log-in. */
export function Entry({
  isAgain,
  onEnter,
}: {
  /** Whether somebody's log-in has just ended while they were at work. */
  readonly isAgain: boolean;
  readonly onEnter: () => void;
}) {
  const [token, setToken] = useState(() => /^#([\w-]{43})$/.exec(window.location.hash)?.[1]);
  const [isOpened, setIsOpened] = useState(false);
  const opened = () => {
    window.location.hash = '';
    setToken(undefined);
    setIsOpened(true);
  };
  return (
    <main className={styles.entry}>
      {token === undefined ? (
        <LogIn onEnter={onEnter} word={wordOf(isOpened, isAgain)} />
      ) : (
        <div>
          <Asked about={['invitation', token]} ask={() => office.logIn.invitation({ token })}>
            {(invitation) => <Invitation {...invitation} token={token} onOpened={opened} />}
          </Asked>
        </div>
      )}
    </main>
  );
}

function wordOf(isOpened: boolean, isAgain: boolean): string | undefined {
  if (isOpened) return OFFICE_TEXTS.opened;
  return isAgain ? OFFICE_TEXTS.again : undefined;
}

function Form({
  title,
  fault,
  onSubmit,
  children,
}: {
  readonly title: string;
  readonly fault: string | undefined;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.card} onSubmit={submit}>
      <Mark className={styles.mark} />
      <h1 className={styles.title}>{title}</h1>
      {children}
      <Fault sentence={fault} />
    </form>
  );
}

function LogIn({
  onEnter,
  word,
}: {
  readonly onEnter: () => void;
  /** Said before anything is asked. */
  readonly word: string | undefined;
}) {
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { act, fault, isPending } = useDoing(office.logIn.enter, onEnter, false);
  return (
    <Form
      title={OFFICE_TEXTS.title}
      fault={fault}
      onSubmit={() => act({ account, password, code: code.trim() })}
    >
      {word !== undefined && <p className={styles.good}>{word}</p>}
      <TextField
        label={OFFICE_TEXTS.account}
        value={account}
        onChange={setAccount}
        name="username"
      />
      <TextField
        label={OFFICE_TEXTS.password}
        value={password}
        onChange={setPassword}
        type="password"
        name="password"
      />
      <TextField label={OFFICE_TEXTS.code} value={code} onChange={setCode} name="code" />
      <Button isMain isOff={isPending}>
        {OFFICE_TEXTS.logIn}
      </Button>
    </Form>
  );
}

function Invitation({
  account,
  name,
  secondFactor,
  token,
  onOpened,
}: {
  readonly account: string;
  readonly name: string;
  readonly secondFactor: string;
  readonly token: string;
  readonly onOpened: () => void;
}) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { act, fault, isPending } = useDoing(office.logIn.accept, onOpened, false);
  const issuer = encodeURIComponent(OFFICE_TEXTS.title);
  const address = `otpauth://totp/${issuer}:${account}?secret=${secondFactor}&issuer=${issuer}`;
  return (
    <Form
      title={OFFICE_TEXTS.welcome}
      fault={fault}
      onSubmit={() => act({ token, password, code: code.trim() })}
    >
      <p>
        {filled(OFFICE_TEXTS.accountOf, { name })} <b>{account}</b>
      </p>
      <p>{OFFICE_TEXTS.scan}</p>
      <div className={styles.qr}>
        <Qr text={address} caption={OFFICE_TEXTS.scanHere} />
      </div>
      <p className={styles.secret}>{secondFactor}</p>
      <TextField
        label={OFFICE_TEXTS.newPassword}
        value={password}
        onChange={setPassword}
        type="password"
        name="new-password"
      />
      <TextField label={OFFICE_TEXTS.code} value={code} onChange={setCode} name="code" />
      <Button isMain isOff={isPending}>
        {OFFICE_TEXTS.open}
      </Button>
    </Form>
  );
}
