import { Facts } from '../../ui/facts.tsx';
import { Initial } from '../../ui/initial.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Scroller } from '../../ui/scroller.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { useSay } from '../fixtures.ts';
import styles from '../gallery.module.css';
import { Specimen, UnderFinger } from '../specimen.tsx';

const nothing = () => {};

/** Lines, facts and lists, full and empty. */
export function ListSpecimens() {
  const say = useSay();
  const facts = [
    { id: 'fee', label: say('收费', 'Fee'), value: say('免费', 'Free') },
    { id: 'time', label: say('多久办好', 'How long'), value: say('7 日内', 'Within 7 days') },
    { id: 'where', label: say('去哪里', 'Where'), value: say('1 号窗口', 'Window 1') },
  ];
  const items = facts.map(({ id, label, value }) => ({ id, text: `${label} ${value}` }));
  return (
    <>
      <Specimen name="Rows in one column: plain, with detail, with end, with both, pressed">
        <Rows>
          <RowSet />
        </Rows>
      </Specimen>
      <Specimen name="Rows in two columns">
        <Rows columns="two">
          <RowSet />
        </Rows>
      </Specimen>
      <Specimen name="Rows, empty">
        <Rows>{[]}</Rows>
      </Specimen>
      <Specimen name="Row with a picture before it; the picture large">
        <Rows>
          <Row
            start={<Initial name="张某某" />}
            label="张某某"
            lang="zh-CN"
            detail="律师"
            end={say('现在在岗', 'On duty now')}
            onPress={nothing}
          />
        </Rows>
        <Initial name="欧阳某" size="large" />
      </Specimen>
      <Specimen name="Pager: at the start, in the middle, at the end, of one part only">
        <Pager part={0} parts={3} onPart={nothing} />
        <Pager part={1} parts={3} onPart={nothing} />
        <Pager part={2} parts={3} onPart={nothing} />
        <Pager part={0} parts={1} onPart={nothing} />
      </Specimen>
      <Specimen name="Facts: three, one, none">
        <Facts facts={facts} />
        <Facts facts={facts.slice(0, 1)} />
        <Facts facts={[]} />
      </Specimen>
      <Specimen name="TextList: three, none">
        <TextList items={items} />
        <TextList items={[]} />
      </Specimen>
      <Specimen name="Section with something at the end of its head">
        <Section title={say('要带什么', 'What to bring')} end={<span>3</span>}>
          <TextList items={items} />
        </Section>
      </Specimen>
      <Specimen name="Scroller, longer than its screen">
        <div className={styles.screen}>
          <Scroller position="long">
            <TextList
              items={Array.from({ length: 30 }, (_, at) => ({
                id: String(at),
                text: say(`第 ${at + 1} 行`, `Line ${at + 1}`),
              }))}
            />
          </Scroller>
        </div>
      </Specimen>
      <Specimen name="Scroller, shorter than its screen">
        <div className={styles.screen}>
          <Scroller position="short">
            <TextList items={items} />
          </Scroller>
        </div>
      </Specimen>
    </>
  );
}

function RowSet() {
  const say = useSay();
  const label = say('申请法律援助', 'Apply for legal aid');
  const detail = say('没钱也能请律师', 'A lawyer even without money');
  const end = say('免费', 'Free');
  return (
    <>
      <Row label={label} onPress={nothing} />
      <Row label={label} detail={detail} onPress={nothing} />
      <Row label={label} end={end} onPress={nothing} />
      <Row label={label} detail={detail} end={end} onPress={nothing} />
      <UnderFinger>
        <Row label={label} detail={detail} end={end} onPress={nothing} />
      </UnderFinger>
    </>
  );
}
