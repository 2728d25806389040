import { mayAct, type StaffRole } from '../staff/roles.ts';
import type { StationContract } from './station.ts';

/** Where a call comes from: the terminal itself, an office PC or a hall display that was paired. */
export type CallPlace = 'terminal' | 'console' | 'display';

/** Who may call a method. */
export interface Access {
  readonly places: readonly CallPlace[];
  /** Log-in with one of these roles; without it nobody need be logged in. */
  readonly roles?: readonly StaffRole[];
  /** Places at which the same is open to everyone. */
  readonly withoutLogIn?: readonly CallPlace[];
}

/** The visitor's page: on the terminal, never over the network. */
const VISITOR: Access = { places: ['terminal'] };
/** Every page, before anybody logs in. */
const ANYONE: Access = { places: ['terminal', 'console', 'display'] };
/** Log-in itself. */
const AT_A_DESK: Access = { places: ['terminal', 'console'] };
/** Whoever is logged in with one of these roles. */
const staff = (...roles: readonly StaffRole[]): Access => ({ ...AT_A_DESK, roles });

const PRINTING = staff('window-clerk', 'station-head', 'technician');
/** Whoever calls visitors. */
const AT_A_WINDOW = staff('window-clerk');
const HEAD = staff('station-head');
const ACCOUNTS = staff('station-head', 'technician');

/** Who answers for the terminal. */
const AT_THE_TERMINAL: Access = { places: ['terminal'], roles: ['station-head', 'technician'] };

/** What changes how this computer is reached: only by a technician in front of it. */
const STANDING_THERE: Access = { places: ['terminal'], roles: ['technician'] };

type AccessTable<Contract> = {
  readonly [Group in keyof Contract]:
    | Access
    | { readonly [Method in keyof Contract[Group]]: Access };
};

/**
 * Who may call what: one line for each group of the contract, or for each of its methods. A group that is missing here
 * does not compile.
 */
const STATION_ACCESS: AccessTable<StationContract> = {
  system: ANYONE,
  home: VISITOR,
  guides: VISITOR,
  faqs: VISITOR,
  forms: VISITOR,
  board: VISITOR,
  hotlines: VISITOR,
  stations: VISITOR,
  people: VISITOR,
  laws: VISITOR,
  papers: VISITOR,
  search: VISITOR,
  triage: VISITOR,
  reading: VISITOR,
  media: VISITOR,
  staff: {
    logIn: AT_A_DESK,
    resume: AT_A_DESK,
    logOut: AT_A_DESK,
    present: AT_A_DESK,
    session: AT_A_DESK,
    changeSecret: AT_A_DESK,
    startRecovery: AT_A_DESK,
    finishRecovery: AT_A_DESK,
    people: ACCOUNTS,
    add: ACCOUNTS,
    change: ACCOUNTS,
    resetSecret: ACCOUNTS,
    logIns: ACCOUNTS,
    endLogIn: ACCOUNTS,
  },
  tickets: {
    /** A visitor sees before choosing whether there will be paper; an office PC is told after log-in. */
    printers: { ...PRINTING, withoutLogIn: ['terminal'] },
    job: VISITOR,
    reprint: VISITOR,
    open: PRINTING,
    decide: PRINTING,
    testPage: PRINTING,
  },
  queue: VISITOR,
  desk: {
    view: AT_A_WINDOW,
    openWindow: AT_A_WINDOW,
    pauseWindow: AT_A_WINDOW,
    closeWindow: AT_A_WINDOW,
    callNext: AT_A_WINDOW,
    callThis: AT_A_WINDOW,
    callNumber: AT_A_WINDOW,
    recall: AT_A_WINDOW,
    skip: AT_A_WINDOW,
    hold: AT_A_WINDOW,
    resume: AT_A_WINDOW,
    transfer: AT_A_WINDOW,
    finish: AT_A_WINDOW,
    noShow: AT_A_WINDOW,
    note: AT_A_WINDOW,
    handover: AT_A_WINDOW,
    raiseAlarm: AT_A_WINDOW,
    alarms: AT_A_WINDOW,
    answerAlarm: AT_A_WINDOW,
    closeEarly: HEAD,
    reopen: HEAD,
    correctDay: ACCOUNTS,
    statistics: AT_A_WINDOW,
    exportStatistics: HEAD,
  },
  hall: ANYONE,
  hallVoice: ANYONE,
  speech: VISITOR,
  lan: {
    status: ACCOUNTS,
    devices: ACCOUNTS,
    openPairing: ACCOUNTS,
    unpair: ACCOUNTS,
    serve: STANDING_THERE,
  },
  queueTerminals: STANDING_THERE,
  enrolment: STANDING_THERE,
  health: ACCOUNTS,
  machine: AT_THE_TERMINAL,
  screen: VISITOR,
  editing: staff('editor'),
};

/** Who may call a method, by its path in the contract; undefined for one that is not there. */
export function accessOf(path: readonly string[]): Access | undefined {
  const [group = '', method = ''] = path;
  const entry = Object.entries(STATION_ACCESS).find(([name]) => name === group)?.[1];
  if (entry === undefined || isAccess(entry)) return entry;
  return Object.entries<Access>(entry).find(([name]) => name === method)?.[1];
}

function isAccess(entry: object): entry is Access {
  return 'places' in entry;
}

/** Whether a call is let through; if not, what is missing. */
export type Verdict = 'allowed' | 'not-signed-in' | 'not-allowed';

/** Judges a call. `roles` are those of who is logged in; undefined when nobody is. */
export function judgeCall(
  path: readonly string[],
  place: CallPlace,
  roles: readonly StaffRole[] | undefined,
): Verdict {
  const access = accessOf(path);
  if (access === undefined || !access.places.includes(place)) return 'not-allowed';
  if (access.roles === undefined || access.withoutLogIn?.includes(place)) return 'allowed';
  if (roles === undefined) return 'not-signed-in';
  return mayAct(roles, access.roles) ? 'allowed' : 'not-allowed';
}
