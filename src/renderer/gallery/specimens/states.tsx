import { STATION_ERROR_KINDS, StationError } from '#shared/contract/errors.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Failure, Reading } from '../../ui/reading.tsx';
import { LanguageState } from '../../visitor/language-state.tsx';
import { never } from '../fake-station.ts';
import { useSay } from '../fixtures.ts';
import { Beside, Host, Specimen } from '../specimen.tsx';

const TONES = ['note', 'warn', 'alarm'] as const;
const nothing = () => {};

/** Honest states: callouts, waiting, every kind of failure, language of a text; and QR codes. */
export function StateSpecimens() {
  const say = useSay();
  const text = say('这一项暂时没有指南，请问窗口。', 'There is no guide yet; please ask.');
  return (
    <>
      {TONES.map((tone) => (
        <Specimen key={tone} name={`Callout, ${tone}: plain, with title, with title and action`}>
          <Callout tone={tone}>{text}</Callout>
          <Callout tone={tone} title={say('要抓紧', 'Be quick')}>
            {text}
          </Callout>
          <Callout
            tone={tone}
            title={say('要抓紧', 'Be quick')}
            action={<Action label={say('再试一次', 'Try again')} onPress={nothing} />}
          >
            {text}
          </Callout>
        </Specimen>
      ))}
      <Specimen name="Reading, waiting">
        <Host answers={{ 'guides.takeaway': never }}>
          <Asking />
        </Host>
      </Specimen>
      <Specimen name="Reading, answered">
        <Host answers={{ 'guides.takeaway': async () => ({ text }) }}>
          <Asking />
        </Host>
      </Specimen>
      <Specimen name="Reading, refused by the host">
        <Host answers={{}}>
          <Asking />
        </Host>
      </Specimen>
      <Specimen name="ErrorBoundary, nothing wrong (a fault looks like Failure, internal)">
        <ErrorBoundary>
          <Callout>{text}</Callout>
        </ErrorBoundary>
      </Specimen>
      {STATION_ERROR_KINDS.map((kind) => (
        <Specimen key={kind} name={`Failure, ${kind}`}>
          <Failure error={new StationError(kind)} onRetry={nothing} />
        </Specimen>
      ))}
      {(['own', 'draft', 'chinese'] as const).map((language) => (
        <Specimen key={language} name={`LanguageState, ${language} (nothing in Chinese)`}>
          <LanguageState language={language} />
        </Specimen>
      ))}
      <QrSpecimens />
    </>
  );
}

function Asking() {
  const query = useReading(['takeaway'], (host, language) =>
    host.guides.takeaway({ id: 'service.example', language }),
  );
  return <Reading query={query}>{({ text }) => <p>{text}</p>}</Reading>;
}

function QrSpecimens() {
  const say = useSay();
  const caption = say('扫码打开中国法律服务网', 'Scan to open China Legal Service');
  const notice = say('要带：身份证、申请表、收入证明。免费。', 'Bring your identity card. ').repeat(
    10,
  );
  return (
    <Beside>
      <Specimen name="Qr, small">
        <Qr text="https://www.12348.gov.cn/" caption={caption} />
      </Specimen>
      <Specimen name="Qr, large">
        <Qr text="https://www.12348.gov.cn/" caption={caption} size="large" />
      </Specimen>
      <Specimen name="Qr, large, long text">
        <Qr text={notice} caption={caption} size="large" />
      </Specimen>
    </Beside>
  );
}
