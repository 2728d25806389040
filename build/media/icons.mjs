/** Icons of films and posters, of the family that the pages have. */
import {
  BabyIcon,
  BankIcon,
  CalendarCheckIcon,
  CameraIcon,
  ChatsCircleIcon,
  CoinsIcon,
  FileTextIcon,
  GavelIcon,
  HandPalmIcon,
  HandshakeIcon,
  HeartBreakIcon,
  HourglassHighIcon,
  HouseIcon,
  IdentificationCardIcon,
  ListChecksIcon,
  MegaphoneIcon,
  NotebookIcon,
  PhoneIcon,
  PhoneXIcon,
  ScalesIcon,
  ShieldCheckIcon,
  SirenIcon,
  UsersThreeIcon,
} from '@phosphor-icons/react/ssr';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** By the name that a script gives them. */
const ICONS = {
  baby: BabyIcon,
  bank: BankIcon,
  calendar: CalendarCheckIcon,
  camera: CameraIcon,
  card: IdentificationCardIcon,
  chats: ChatsCircleIcon,
  coins: CoinsIcon,
  file: FileTextIcon,
  gavel: GavelIcon,
  handshake: HandshakeIcon,
  hourglass: HourglassHighIcon,
  house: HouseIcon,
  list: ListChecksIcon,
  megaphone: MegaphoneIcon,
  notebook: NotebookIcon,
  parting: HeartBreakIcon,
  people: UsersThreeIcon,
  phone: PhoneIcon,
  'phone-off': PhoneXIcon,
  scales: ScalesIcon,
  shield: ShieldCheckIcon,
  siren: SirenIcon,
  stop: HandPalmIcon,
};

/** An icon as SVG; `more` are attributes of it, such as size, x and y. */
export function iconOf(name, more) {
  return renderToStaticMarkup(createElement(ICONS[name], { weight: 'duotone', ...more }));
}
