import {
  BookOpenIcon,
  BriefcaseIcon,
  CertificateIcon,
  ChatsIcon,
  ExamIcon,
  HandHeartIcon,
  HandshakeIcon,
  HouseLineIcon,
  type Icon,
  MicroscopeIcon,
  ScalesIcon,
  StethoscopeIcon,
  VideoCameraIcon,
} from '@phosphor-icons/react';
import type { ServiceCategory } from '#shared/content/kinds/service.ts';

/** The picture of each service, of one icon family. */
export const CATEGORY_ICONS: Readonly<Record<ServiceCategory, Icon>> = {
  'legal-aid': HandHeartIcon,
  mediation: HandshakeIcon,
  advice: ChatsIcon,
  publicity: BookOpenIcon,
  lawyer: BriefcaseIcon,
  notary: CertificateIcon,
  appraisal: MicroscopeIcon,
  grassroots: ScalesIcon,
  'judicial-exam': ExamIcon,
  resettlement: HouseLineIcon,
  'pro-mediation': StethoscopeIcon,
  'remote-visit': VideoCameraIcon,
};
