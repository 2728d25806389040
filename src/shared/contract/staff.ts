import { oc } from '@orpc/contract';
import { z } from 'zod';
import { staffRoleSchema } from '../staff/roles.ts';
import { secretFaultSchema, secretSchema } from '../staff/secret-rule.ts';

/** What somebody types to say who they are: a staff number, or letters and digits. */
export const accountSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]{2,16}$/, '只用 2 到 16 个小写字母或数字');

const personId = z.string().min(1).max(40);
const sessionToken = z.string().min(20).max(80);
const nameSchema = z.string().trim().min(1).max(20);
const rolesSchema = z.array(staffRoleSchema).min(1).max(4);

/** Who is logged in on this page. */
export const staffSessionSchema = z.object({
  person: personId,
  name: z.string(),
  roles: z.array(staffRoleSchema),
  /** A PIN given by somebody else must be changed before anything else can be done. */
  mustChange: z.boolean(),
});
export type StaffSession = z.infer<typeof staffSessionSchema>;

const loggedInSchema = z.object({
  state: z.literal('in'),
  /** Kept by the page in its memory, to go on after a lost connection; never stored. */
  token: sessionToken,
  session: staffSessionSchema,
});
const refusedSchema = z.object({
  /** `wrong`: this try failed; `wait`: it was not even looked at. */
  state: z.enum(['wrong', 'wait']),
  /** Until the next try is heard. */
  waitSeconds: z.int().min(0),
});
export const logInAnswerSchema = z.discriminatedUnion('state', [loggedInSchema, refusedSchema]);
export type LogInAnswer = z.infer<typeof logInAnswerSchema>;

const chosenSchema = z.discriminatedUnion('state', [
  loggedInSchema,
  refusedSchema,
  z.object({ state: z.literal('fault'), fault: secretFaultSchema }),
]);
export type ChosenAnswer = z.infer<typeof chosenSchema>;

/** An account as those see it who look after accounts. */
export const staffPersonSchema = z.object({
  id: personId,
  account: z.string(),
  name: z.string(),
  roles: z.array(staffRoleSchema),
  active: z.boolean(),
  /** Has only a one-time PIN so far. */
  mustChange: z.boolean(),
});
export type StaffPerson = z.infer<typeof staffPersonSchema>;

const oneTimeSchema = z.object({
  person: staffPersonSchema,
  /** Shown once, valid for a day, to be changed at the first log-in. */
  oneTimePin: z.string(),
});

export const staffLogInSchema = z.object({
  id: z.string(),
  person: personId,
  name: z.string(),
  place: z.string(),
  createdAt: z.number(),
  usedAt: z.number(),
});

/** Log-in of staff, and the accounts behind it. */
/** A code to read out, or that nobody could answer it: this terminal never had a recovery key. */
const recoveryBegunSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('asked'), challenge: z.string(), validMinutes: z.int() }),
  z.object({ state: z.literal('no-key') }),
]);
export type RecoveryBegun = z.infer<typeof recoveryBegunSchema>;
export type RecoveryAsked = Extract<RecoveryBegun, { state: 'asked' }>;

export const staffContract = {
  logIn: oc
    .input(z.object({ account: accountSchema, secret: secretSchema }))
    .output(logInAnswerSchema),
  /** Takes a log-in up again after a lost connection, from the same terminal or office PC only. */
  resume: oc.input(z.object({ token: sessionToken })).output(staffSessionSchema),
  logOut: oc.output(z.object({})),
  /** Somebody touched the page or typed; what a page asks by itself keeps no log-in alive. */
  present: oc.output(z.object({})),
  /** Who is logged in on this connection. */
  session: oc.output(z.object({ session: staffSessionSchema.optional() })),
  /** Chooses a new PIN; ends every other log-in of this person. */
  changeSecret: oc
    .input(z.object({ current: secretSchema, next: secretSchema }))
    .output(chosenSchema),
  /** Begins the recovery of a lost PIN: a code to be read out to the district. The same answer whether or not the account is there. */
  startRecovery: oc.input(z.object({ account: accountSchema })).output(recoveryBegunSchema),
  /** Ends it with the district's answer and a new PIN. */
  finishRecovery: oc
    .input(z.object({ account: accountSchema, response: z.string().max(40), next: secretSchema }))
    .output(chosenSchema),
  people: oc.output(z.array(staffPersonSchema)),
  add: oc
    .input(z.object({ account: accountSchema, name: nameSchema, roles: rolesSchema }))
    .output(oneTimeSchema),
  change: oc
    .input(z.object({ id: personId, name: nameSchema, roles: rolesSchema, active: z.boolean() }))
    .output(staffPersonSchema),
  /** A new one-time PIN; ends the person's log-ins. */
  resetSecret: oc.input(z.object({ id: personId })).output(oneTimeSchema),
  logIns: oc.output(z.array(staffLogInSchema)),
  endLogIn: oc.input(z.object({ id: z.string().max(80) })).output(z.object({})),
};
