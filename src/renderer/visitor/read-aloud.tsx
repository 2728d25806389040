import { SpeakerHighIcon, StopIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyboard } from '../keyboard/keyboard-scope.tsx';
import { spokenPage } from '../speech/spoken-text.ts';
import type { Voice } from '../speech/voice-mode.ts';
import { Action } from '../ui/action.tsx';
import styles from './read-aloud.module.css';

/** In voice mode: reads the text of the page, and stops. The keys need its room while somebody writes. */
export function ReadAloud({ voice }: { readonly voice: Voice }) {
  const { t } = useTranslation();
  const { field } = useKeyboard();
  const [isReading, setReading] = useState(false);
  if (field !== undefined) return null;
  const read = async () => {
    setReading(true);
    await voice.read(spokenPage());
    setReading(false);
  };
  return (
    <section className={styles.strip} aria-label={t('readAloud.read')}>
      {isReading ? (
        <Action label={t('readAloud.stop')} icon={StopIcon} onPress={voice.hush} />
      ) : (
        <Action
          label={t('readAloud.read')}
          icon={SpeakerHighIcon}
          emphasis="primary"
          onPress={() => void read()}
        />
      )}
    </section>
  );
}
