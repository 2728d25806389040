import { PrinterIcon } from '@phosphor-icons/react';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { Tile } from '../../ui/tile.tsx';
import { CATEGORY_ICONS } from '../../visitor/category-icon.ts';
import { LONG_TEXTS } from '../fixtures.ts';
import styles from '../gallery.module.css';
import { Specimen } from '../specimen.tsx';
import { HeaderSpecimen } from './frame.tsx';

const nothing = () => {};

/** Texts longer than they should be, in either language whatever the view's: nothing may be cut off or overlap. */
export function LongTextSpecimens() {
  return (
    <>
      {Object.entries(LONG_TEXTS).map(([language, texts]) => (
        <LongTexts key={language} language={language} {...texts} />
      ))}
      <HeaderSpecimen
        name="Header with a long name"
        open={{ state: 'open', until: '12:00' }}
        stationName={LONG_TEXTS['zh-CN'].title}
      />
    </>
  );
}

function LongTexts({
  language,
  title,
  text,
  word,
}: {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  /** One that cannot be broken where words end. */
  readonly word: string;
}) {
  return (
    <Specimen name={`Long texts, ${language}`}>
      <div lang={language}>
        <PageTitle title={title} above={title}>
          {text}
        </PageTitle>
        <Section title={title}>
          <Rows columns="two">
            <Row label={title} detail={text} end={title} onPress={nothing} />
            <Row label={word} detail={word} end={word} onPress={nothing} />
          </Rows>
        </Section>
        <Facts
          facts={[
            { id: 'long', label: title, value: text },
            { id: 'word', label: word, value: word },
            { id: 'short', label: '12', value: '12' },
          ]}
        />
        <TextList
          items={[
            { id: 'long', text },
            { id: 'word', text: word },
          ]}
        />
        <div className={styles.tiles}>
          <Tile icon={CATEGORY_ICONS.notary} label={title} detail={text} onPress={nothing} />
          <Tile icon={CATEGORY_ICONS.notary} label={word} size="large" onPress={nothing} />
        </div>
        <Action label={text} icon={PrinterIcon} onPress={nothing} />
        <Choice
          label={title}
          options={[
            { value: 'a', label: title },
            { value: 'b', label: word },
          ]}
          chosen="a"
          onChoose={nothing}
        />
        <Callout tone="warn" title={title} action={<Action label={title} onPress={nothing} />}>
          {text}
        </Callout>
        <Prose text={`${text}\n\n${word}`} />
      </div>
    </Specimen>
  );
}
