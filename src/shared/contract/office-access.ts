import type { OfficeRole } from '../office/office-role.ts';
import type { OfficeContract } from './office.ts';

type AccessTable<Contract> = {
  readonly [Group in keyof Contract]: {
    readonly [Method in keyof Contract[Group]]: 'anyone' | readonly OfficeRole[];
  };
};

const EVERY_ROLE: readonly OfficeRole[] = ['editor', 'reviewer', 'inbox', 'technician', 'auditor'];
const CONTENT: readonly OfficeRole[] = ['editor', 'reviewer', 'inbox'];

/** Who may call what. A route that is missing here does not compile. */
export const OFFICE_ACCESS: AccessTable<OfficeContract> = {
  logIn: {
    invitation: 'anyone',
    accept: 'anyone',
    enter: 'anyone',
    leave: EVERY_ROLE,
    me: EVERY_ROLE,
  },
  people: {
    list: ['technician', 'auditor'],
    invite: ['technician'],
    change: ['technician'],
    reset: ['technician'],
  },
  services: { list: ['technician', 'auditor'], make: ['technician'], revoke: ['technician'] },
  terminals: {
    // A reviewer chooses the terminal on which a draft is looked at.
    list: ['technician', 'inbox', 'editor', 'reviewer'],
    makeCode: ['technician'],
    makeProvisioning: ['technician'],
    openCodes: ['technician'],
    cancelCode: ['technician'],
    revoke: ['technician'],
    takeBundle: ['technician', 'inbox'],
  },
  content: { list: CONTENT, history: CONTENT, version: CONTENT },
  tables: { export: CONTENT, take: ['editor'] },
  folder: { export: CONTENT, upload: ['editor'], look: ['editor'], take: ['editor'] },
  drafts: {
    list: CONTENT,
    get: CONTENT,
    start: ['editor'],
    save: ['editor'],
    submit: ['editor'],
    approve: ['reviewer'],
    reject: ['reviewer'],
    discard: ['editor'],
    upload: ['editor'],
    file: CONTENT,
  },
  preview: { ask: CONTENT },
  conflicts: { list: CONTENT, decide: ['inbox'] },
  inbox: { list: ['inbox'], open: ['inbox'], handled: ['inbox'] },
  feed: {
    waiting: [...CONTENT, 'technician'],
    troubles: [...CONTENT, 'technician'],
    confirm: ['reviewer'],
  },
  audit: { list: ['auditor'], check: ['auditor'] },
};

/** Who may call a route, by its path in the contract; undefined for one that is not there. */
export function officeAccess(
  path: readonly string[],
): 'anyone' | readonly OfficeRole[] | undefined {
  const [group = '', method = ''] = path;
  const methods = Object.entries(OFFICE_ACCESS).find(([name]) => name === group)?.[1];
  return Object.entries<'anyone' | readonly OfficeRole[]>(methods ?? {}).find(
    ([name]) => name === method,
  )?.[1];
}
