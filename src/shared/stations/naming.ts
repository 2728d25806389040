import type { OutletLevel } from '../content/kinds/station.ts';
import { divisionOf, type Scope } from '../content/scope.ts';

/** Names of divisions by code, as the profile's `divisions.yaml` lists them. */
export type DivisionNames = ReadonlyMap<string, string>;

/** The naming rule of a place: one template a level, with {city} {district} {street} {community} {place}. */
export type NamingRule = Readonly<Partial<Record<OutletLevel, string>>>;

const PLACEHOLDER_DIGITS: Readonly<Record<string, number>> = {
  province: 2,
  city: 4,
  district: 6,
  street: 9,
  community: 12,
};

/**
 * The public name of an outlet, from its code by the naming rule of its place (requirements WH, JL).
 * Throws `NamingError` when the rule has no template for the level or a division has no known name.
 */
export function outletName(
  rule: NamingRule,
  divisions: DivisionNames,
  outlet: { code: Scope; level: OutletLevel; place?: string | undefined },
): string {
  const template = rule[outlet.level];
  if (template === undefined) throw new NamingError(`命名规则里没有"${outlet.level}"这一级`);
  return template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => part(name, divisions, outlet));
}

/** Why a name could not be made, in a sentence for the person who wrote the profile. */
export class NamingError extends Error {}

/** What stands in braces in a template, or a brace alone, and is no placeholder of a naming rule. */
export function unknownPlaceholders(template: string): string[] {
  const known = (name: string) => name === 'place' || Object.hasOwn(PLACEHOLDER_DIGITS, name);
  return [...template.matchAll(/\{([^{}]*)\}|[{}]/g)]
    .filter(([, name]) => name === undefined || !known(name))
    .map(([found]) => found);
}

/** Every placeholder of naming rules, as it is written. */
export const PLACEHOLDERS = [...Object.keys(PLACEHOLDER_DIGITS), 'place'].map(
  (name) => `{${name}}`,
);

function part(
  name: string,
  divisions: DivisionNames,
  outlet: { code: Scope; place?: string | undefined },
): string {
  if (name === 'place')
    return outlet.place ?? fail(`网点 ${outlet.code} 要写 place，命名规则用到它`);
  const digits = PLACEHOLDER_DIGITS[name] ?? fail(`命名规则里不认识 {${name}}`);
  const code = divisionOf(outlet.code).slice(0, digits);
  if (code.length < digits) return fail(`网点 ${outlet.code} 的代码太短，没有 {${name}} 这一级`);
  return shortened(divisions.get(code) ?? fail(`divisions.yaml 里没有代码 ${code} 的名称`), name);
}

/** Official lists write communities as 居委会 and villages as 村委会; the door says 社区 and 村. */
function shortened(name: string, level: string): string {
  if (level !== 'community') return name;
  return name
    .replace(/(?:社区)*居(?:民委员|委)会$|社区村(?:民委员|委)会$/, '社区')
    .replace(/村?村(?:民委员|委)会$/, '村');
}

function fail(sentence: string): never {
  throw new NamingError(sentence);
}
