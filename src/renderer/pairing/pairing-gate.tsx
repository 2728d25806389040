import { type ReactNode, type SubmitEvent, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PairAnswer, pairAnswerSchema } from '#shared/contract/lan.ts';
import { Mark } from '../ui/mark.tsx';
import styles from './pairing-gate.module.css';

const RETRY_MS = 3000;
/** How soon a device whose pairing was ended asks for a code again instead of looking cut off for ever. */
const STILL_PAIRED_EVERY_MS = 15_000;

/** Asks for a pairing code on a device of the network, and shows the surface once it is paired. */
export function PairingGate({
  children,
  isTerminal = window.location.protocol !== 'https:',
  onUnpaired = () => window.location.reload(),
}: {
  readonly children: ReactNode;
  /** The terminal's own screens need no pairing. */
  readonly isTerminal?: boolean;
  /** From the beginning: nothing of a log-in or a connection may outlive the pairing. */
  readonly onUnpaired?: () => void;
}) {
  const [answer, setAnswer] = useState<PairAnswer>();
  useEffect(() => {
    if (isTerminal || answer !== undefined) return undefined;
    const ask = () => void askPairing().then(setAnswer, () => {});
    ask();
    const timer = setInterval(ask, RETRY_MS);
    return () => clearInterval(timer);
  }, [isTerminal, answer]);
  const isPaired = answer?.state === 'paired';
  const unpaired = useEffectEvent(onUnpaired);
  useEffect(() => {
    if (isTerminal || !isPaired) return undefined;
    const ask = () =>
      void askPairing().then(
        ({ state }) => state === 'not-paired' && unpaired(),
        // The terminal cannot be reached; that says nothing about the pairing.
        () => {},
      );
    const timer = setInterval(ask, STILL_PAIRED_EVERY_MS);
    return () => clearInterval(timer);
  }, [isTerminal, isPaired]);
  if (isTerminal || isPaired) return children;
  return answer === undefined ? null : <PairingForm answer={answer} onAnswer={setAnswer} />;
}

function PairingForm({
  answer,
  onAnswer,
}: {
  readonly answer: PairAnswer;
  readonly onAnswer: (answer: PairAnswer) => void;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    askPairing(code).then(onAnswer, () => {});
  };
  return (
    <main className={styles.gate}>
      <form className={styles.card} onSubmit={submit}>
        <Mark className={styles.mark} />
        <h1>{t('pairing.title')}</h1>
        <p>{t('pairing.how')}</p>
        <label className={styles.label}>
          {t('pairing.code')}
          <input
            className={styles.input}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={20}
          />
        </label>
        <p className={styles.fault} role="alert">
          {answer.state === 'wrong' && t('pairing.wrong')}
          {answer.state === 'wait' && t('pairing.wait', { seconds: answer.waitSeconds })}
        </p>
        <button type="submit" className={styles.submit}>
          {t('pairing.submit')}
        </button>
      </form>
    </main>
  );
}

/** Asks the server whether this device is paired, or pairs it with a code. */
async function askPairing(code?: string): Promise<PairAnswer> {
  const request: RequestInit =
    code === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ code }),
        };
  const response = await fetch('/pair', request);
  return pairAnswerSchema.parse(await response.json());
}
