import { useTranslation } from 'react-i18next';
import { useSession, type Zoom } from '../session/session.ts';
import { localVoice } from '../speech/platform-voice.ts';
import { useReading } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Choice } from '../ui/choice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useOnItsWay } from '../ui/whole.tsx';
import styles from './sheets.module.css';

const ZOOMS = ['1', '1.5', '2'] as const;

/** Size of letters, contrast, and controls within reach of someone who sits (V13). */
export function DisplaySheet({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { session, act } = useSession();
  return (
    <Sheet title={t('display.title')} isOpen={isOpen} onClose={onClose}>
      <div className={styles.setting}>
        <span>{t('display.size')}</span>
        <Choice
          label={t('display.size')}
          options={ZOOMS.map((value) => ({ value, label: t(`display.sizes.${value}`) }))}
          chosen={String(session.zoom) as (typeof ZOOMS)[number]}
          onChoose={(value) => act({ type: 'set', preferences: { zoom: Number(value) as Zoom } })}
        />
      </div>
      <Switch
        label={t('display.contrast')}
        isOn={session.contrast}
        onSwitch={(contrast) => act({ type: 'set', preferences: { contrast } })}
      />
      <Switch
        label={t('display.reach')}
        isOn={session.lowReach}
        onSwitch={(lowReach) => act({ type: 'set', preferences: { lowReach } })}
      />
      {isOpen && <VoiceSwitch />}
      <Action label={t('display.done')} emphasis="primary" onPress={onClose} />
    </Sheet>
  );
}

/** Offered only where something can speak. */
function VoiceSwitch() {
  const { t } = useTranslation();
  const { session, act } = useSession();
  const voice = useReading(['voice'], async (station) =>
    localVoice('zh-CN') === undefined ? station.speech.voice() : { speaks: true },
  );
  useOnItsWay(voice.isPending);
  if (!session.voice && voice.data?.speaks !== true) return null;
  return (
    <div>
      <Switch
        label={t('display.voice')}
        isOn={session.voice}
        onSwitch={(on) => act({ type: 'set', preferences: { voice: on } })}
      />
      <p className={styles.hint}>{t('display.overheard')}</p>
    </div>
  );
}

function Switch({
  label,
  isOn,
  onSwitch,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onSwitch: (on: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.setting}>
      <span>{label}</span>
      <Choice
        label={label}
        options={[
          { value: 'off', label: t('display.off') },
          { value: 'on', label: t('display.on') },
        ]}
        chosen={isOn ? 'on' : 'off'}
        onChoose={(value) => onSwitch(value === 'on')}
      />
    </div>
  );
}
