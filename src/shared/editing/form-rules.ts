import { z } from 'zod';

/** What a kind's schema demands of a field, as far as a form can say so beforehand. */
export interface FieldRule {
  /** Whether the schema knows such a field at all. */
  readonly isThere: boolean;
  readonly isNeeded: boolean;
  /** Characters of a text. */
  readonly maxLength?: number;
  /** Whether it may be empty on purpose (null). */
  readonly isNullable: boolean;
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly type?: string;
  readonly anyOf?: readonly Node[];
}

/** Reads the rules of a body's fields from its schema; `path` names fields, items of lists are passed through (`shifts.person`). */
export function fieldRules(schema: z.ZodType): (path: readonly string[]) => FieldRule {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  return (path) => {
    const parent = path.slice(0, -1).reduce<Node | undefined>(child, root);
    const name = path.at(-1) ?? '';
    const holder = itemOf(parent);
    const field = holder?.properties?.[name];
    const maxLength = longest(field);
    return {
      isThere: field !== undefined,
      isNeeded: holder?.required?.includes(name) ?? false,
      isNullable: field?.anyOf?.some(({ type }) => type === 'null') ?? false,
      ...(maxLength === undefined ? {} : { maxLength }),
    };
  };
}

/** The names of a body's fields, at its top. */
export function fieldNames(schema: z.ZodType): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node;
  return Object.keys(root.properties ?? {});
}

function child(node: Node | undefined, name: string): Node | undefined {
  return itemOf(node)?.properties?.[name];
}

function itemOf(node: Node | undefined): Node | undefined {
  return node?.items ?? node;
}

function longest(node: Node | undefined): number | undefined {
  return node?.maxLength ?? node?.items?.maxLength;
}
