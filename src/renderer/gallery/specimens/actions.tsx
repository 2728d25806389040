import { PrinterIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { Action, type ActionProps } from '../../ui/action.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Tile } from '../../ui/tile.tsx';
import { Tiles } from '../../ui/tiles.tsx';
import { CATEGORY_ICONS } from '../../visitor/category-icon.ts';
import { useSay } from '../fixtures.ts';
import styles from '../gallery.module.css';
import { Beside, Specimen, UnderFinger } from '../specimen.tsx';

const EMPHASES = ['primary', 'plain', 'danger'] as const;
const nothing = () => {};

/** What can be touched: actions, choices, tiles. */
export function ActionSpecimens() {
  return (
    <>
      {EMPHASES.map((emphasis) => (
        <Actions key={emphasis} emphasis={emphasis} />
      ))}
      <Choices />
      <TileStates />
      <TileRows />
    </>
  );
}

function Actions({ emphasis }: { readonly emphasis: NonNullable<ActionProps['emphasis']> }) {
  const say = useSay();
  const props = { label: say('打印', 'Print'), emphasis, onPress: nothing };
  return (
    <Beside>
      <Specimen name={`Action, ${emphasis}`}>
        <Action {...props} />
      </Specimen>
      <Specimen name="with icon">
        <Action {...props} icon={PrinterIcon} />
      </Specimen>
      <Specimen name="pressed">
        <UnderFinger>
          <Action {...props} icon={PrinterIcon} />
        </UnderFinger>
      </Specimen>
      <Specimen name="disabled">
        <Action {...props} icon={PrinterIcon} isDisabled />
      </Specimen>
    </Beside>
  );
}

function Choices() {
  const say = useSay();
  const topics = {
    work: say('打工上班', 'Work'),
    family: say('结婚离婚', 'Marriage'),
    housing: say('房子', 'Housing'),
    consumer: say('买东西', 'Shopping'),
    land: say('土地', 'Land'),
    debt: say('借钱还钱', 'Debts'),
    traffic: say('交通事故', 'Traffic accidents'),
  };
  return (
    <>
      <Specimen name="Choice of two">
        <ChoiceSpecimen options={{ off: say('未打开', 'Off'), on: say('已打开', 'On') }} />
      </Specimen>
      <Specimen name="Choice of many">
        <ChoiceSpecimen options={topics} />
      </Specimen>
      <Specimen name="Choice, pressed">
        <UnderFinger>
          <ChoiceSpecimen options={{ off: say('未打开', 'Off'), on: say('已打开', 'On') }} />
        </UnderFinger>
      </Specimen>
    </>
  );
}

function ChoiceSpecimen({ options }: { readonly options: Readonly<Record<string, string>> }) {
  const [chosen, choose] = useState(Object.keys(options)[0] ?? '');
  return (
    <Choice
      label="choice"
      options={Object.entries(options).map(([value, label]) => ({ value, label }))}
      chosen={chosen}
      onChoose={choose}
    />
  );
}

function TileStates() {
  const say = useSay();
  const props = {
    icon: CATEGORY_ICONS['legal-aid'],
    label: say('法律援助', 'Legal aid'),
    onPress: nothing,
  };
  const detail = say('没钱也能请律师', 'A lawyer even without money');
  return (
    <Specimen name="Tile: large, large without detail, small, small with detail, pressed">
      <div className={styles.tiles}>
        <Tile {...props} size="large" detail={detail} />
        <Tile {...props} size="large" />
        <Tile {...props} />
        <Tile {...props} detail={detail} />
        <UnderFinger>
          <Tile {...props} size="large" detail={detail} />
        </UnderFinger>
      </div>
    </Specimen>
  );
}

function TileRows() {
  const say = useSay();
  const names = [
    ...[say('法律援助', 'Legal aid'), say('人民调解', 'Mediation'), say('公证', 'Notary')],
    ...[say('律师服务', 'Lawyers'), say('司法鉴定', 'Appraisal')],
  ];
  return (
    <Specimen name="Tiles: five, in rows that are as full as each other">
      <Tiles>
        {names.map((label) => (
          <Tile key={label} icon={CATEGORY_ICONS.notary} label={label} onPress={nothing} />
        ))}
      </Tiles>
    </Specimen>
  );
}
