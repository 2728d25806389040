import type { ContractRouterClient } from '@orpc/contract';
import {
  OFFICE_HEADER,
  OFFICE_PREFIX,
  type OfficeContract,
  officeContract,
} from '#shared/contract/office.ts';
import { type DistrictErrorCode, districtErrorSchema } from '#shared/operations/district-error.ts';
import { OFFICE_TEXTS } from './office-texts.ts';

/** A call that failed, with the server's sentence for people. */
export class OfficeFault extends Error {
  readonly code: DistrictErrorCode | 'unreachable';
  constructor(code: DistrictErrorCode | 'unreachable', sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'OfficeFault';
    this.code = code;
  }
}

interface Described {
  readonly '~orpc': { readonly route: { readonly method?: string; readonly path?: string } };
}

/** Everything that the pages may ask, typed by the contract. */
export const office = Object.fromEntries(
  Object.entries(officeContract).map(([group, methods]) => [
    group,
    Object.fromEntries(
      Object.entries<Described>(methods).map(([name, procedure]) => [
        name,
        (input: Input = {}) => ask(procedure, input),
      ]),
    ),
  ]),
) as unknown as ContractRouterClient<OfficeContract>;

/** What a call hands over; only texts and numbers go into an address. */
type Input = Readonly<Record<string, unknown>>;

async function ask(procedure: Described, input: Input): Promise<unknown> {
  const { method = 'GET', path = '' } = procedure['~orpc'].route;
  const rest = { ...input };
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  const isReading = method === 'GET';
  const answer = await reach(isReading ? `${address}${queryOf(rest)}` : address, {
    method,
    headers: { [OFFICE_HEADER]: '1', ...(isReading ? {} : { 'content-type': 'application/json' }) },
    ...(isReading ? {} : { body: JSON.stringify(rest) }),
  });
  if (answer.ok) return answer.json().catch(() => undefined);
  throw await faultOf(answer);
}

/** A file that the server makes, with the name that it gives it; the browser keeps it on the disk. */
export async function officeFile(path: `/${string}`): Promise<{ name: string; content: Blob }> {
  const answer = await reach(`${OFFICE_PREFIX}${path}`, { headers: { [OFFICE_HEADER]: '1' } });
  if (!answer.ok) throw await faultOf(answer);
  const said = answer.headers.get('content-disposition') ?? '';
  const name = /filename="([\w.-]+)"/.exec(said)?.[1] ?? 'content.zip';
  const content = await answer.blob().catch((cause: unknown) => {
    throw new OfficeFault('unreachable', OFFICE_TEXTS.unreachable, { cause });
  });
  return { name, content };
}

function reach(address: string, options: RequestInit): Promise<Response> {
  return fetch(address, { ...options, credentials: 'same-origin' }).catch((cause: unknown) => {
    throw new OfficeFault('unreachable', OFFICE_TEXTS.unreachable, { cause });
  });
}

async function faultOf(answer: Response): Promise<OfficeFault> {
  const fault = districtErrorSchema.safeParse(await answer.json().catch(() => undefined));
  return fault.success
    ? new OfficeFault(fault.data.error.code, fault.data.error.message)
    : new OfficeFault('unreachable', OFFICE_TEXTS.unreachable);
}

function queryOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'number' || (typeof value === 'string' && value !== '')
      ? [[name, String(value)]]
      : [],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** Whether a call failed without any word of the server. */
export function isUnreachable(fault: unknown): boolean {
  return fault instanceof OfficeFault && fault.code === 'unreachable';
}

/** The sentence for people of whatever went wrong. */
export function sentenceOf(fault: unknown): string {
  return fault instanceof OfficeFault ? fault.message : OFFICE_TEXTS.unreachable;
}
